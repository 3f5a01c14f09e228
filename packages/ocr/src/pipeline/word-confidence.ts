// The confidence that people and programs see: the chance, in percent, that a recognised word is right. The engine's own figure does
// not say that: of its 50s half are wrong, and a 96 in a line of garbage is garbage too.

import type { Block, Page } from "@legible/shared/document";
import { squareLetter } from "./cjk.ts";
import { meanConfidence } from "./page-tree.ts";

/** What is known of a word when it has been read: its letters, and the engine's confidence in it, in its line and in the page, 0–100. */
export type WordEvidence = { text: string; word: number; line: number; page: number };

/**
 * Weights of `evidenceOf`'s figures in the logarithm of the odds that a word is right. Logistic regression by `bench/calibration.ts` on
 * 2026-11-28 over 49,486 words of the accuracy corpus; words of documents that took no part in a fit, marked 85 and more, were wrong in
 * 1.3 % of cases (docs/decisions/0011-confidence.md). The weights of the engine's confidences are positive: where it is surer, so are we.
 */
const weights = [-3.866, 1.428, 0.077, 1.584, -0.89, -0.926];

const digit = /\p{Nd}/u;

/** The page with chances for its recognised words, and their means for blocks and page; words from a text layer keep theirs. */
export function withWordConfidence(page: Page): Page {
  const chances = recognisedWords(page).values();
  const recognised = new Set(recognisedBlocks(page));
  const blocks = page.blocks.map((block) => {
    if (!recognised.has(block)) return block;
    const lines = block.lines.map((line) => ({
      ...line,
      words: line.words.map((word) => {
        const evidence = chances.next().value;
        return evidence === undefined ? word : { ...word, confidence: wordConfidence(evidence) };
      }),
    }));
    return { ...block, confidence: meanConfidence(lines.flatMap((line) => line.words)) ?? 0, lines };
  });
  const words = blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
  return { ...page, confidence: meanConfidence(words), blocks };
}

/** Evidence of every recognised word of a page with the engine's confidences, in the order of the tree. */
export function recognisedWords(page: Page): WordEvidence[] {
  const lines = recognisedBlocks(page).flatMap((block) => block.lines);
  const ofPage = meanConfidence(lines.flatMap((line) => line.words)) ?? 0;
  return lines.flatMap(({ words }) => {
    const line = meanConfidence(words) ?? 0;
    return words.map(({ text, confidence }) => ({ text, word: confidence, line, page: ofPage }));
  });
}

/** The evidence as figures, each of which has a weight. */
export function evidenceOf({ text, word, line, page }: WordEvidence): number[] {
  return [
    1,
    certainty(word),
    certainty(line),
    certainty(page),
    squareLetter.test(text) ? 1 : 0,
    digit.test(text) ? 1 : 0,
  ];
}

/** Chance that a word is right, percent, one decimal. */
export function wordConfidence(evidence: WordEvidence): number {
  const odds = evidenceOf(evidence).reduce((sum, figure, index) => sum + figure * (weights[index] ?? 0), 0);
  return Math.round(1000 / (1 + Math.exp(-odds))) / 10;
}

/** A confidence as a logarithm of the doubt left: the step from 90 to 95 says as much as that from 80 to 90. The engine ends near 97. */
function certainty(confidence: number): number {
  return -Math.log(1.02 - Math.min(97, confidence) / 100);
}

function recognisedBlocks(page: Page): Block[] {
  return page.blocks.filter((block) => page.source === "ocr" || block.source === "ocr");
}
