// A page with one word corrected. Everything that was made from the word's text is made anew; the word keeps its id, its box and what
// was read.
import type { Page, Word } from "@legible/shared/document";
import { joinWords } from "@legible/shared/tree-words";
import { meanConfidence } from "../pipeline/page-tree.ts";

/** Who says so, and when (ISO 8601). */
export type Correction = { wordId: string; text: string; by: number; at: string };

/** Confidence of a word that a person has looked at. */
const certain = 100;

/** Undefined when the page has no such word. */
export function correctedPage(page: Page, { wordId, text, by, at }: Correction): Page | undefined {
  const corrected = (word: Word): Word => ({
    ...word,
    text,
    confidence: certain,
    // The first reading stays, however often the word is corrected.
    original: {
      text: word.original?.text ?? word.text,
      confidence: word.original?.confidence ?? word.confidence,
      correctedAt: at,
      correctedBy: by,
    },
  });
  let found = false;
  const blocks = page.blocks.map((block) => {
    if (!block.lines.some((line) => line.words.some((word) => word.id === wordId))) return block;
    found = true;
    const lines = block.lines.map((line) => ({
      ...line,
      words: line.words.map((word) => (word.id === wordId ? corrected(word) : word)),
    }));
    const words = new Map(lines.flatMap((line) => line.words).map((word) => [word.id, word]));
    const cells = block.table?.cells.map((cell) => {
      if (!cell.wordIds.includes(wordId)) return cell;
      return { ...cell, text: joinWords(cell.wordIds.flatMap((id) => words.get(id)?.text ?? [])) };
    });
    return {
      ...block,
      lines,
      confidence: meanConfidence([...words.values()]) ?? block.confidence,
      ...(block.table === undefined || cells === undefined ? {} : { table: { ...block.table, cells } }),
    };
  });
  if (!found) return undefined;
  return { ...page, blocks, confidence: meanConfidence(wordsOf({ blocks })) };
}

/** All words of a page, block by block. */
export function wordsOf({ blocks }: Pick<Page, "blocks">): Word[] {
  return blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
}
