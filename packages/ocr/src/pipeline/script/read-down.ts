// Chinese and Japanese set from top to bottom, in columns from right to left. Its characters stand on a grid, so a model for lines that
// run across reads them well, but in the wrong order: confidence does not tell, the distances between characters do.
import type { Engine, RecognisedLine, RecognisedParagraph, RecogniseOptions } from "../engine/engine.ts";
import { wordsOf } from "../engine/words-of.ts";
import { baselineOf, sharedWidth, weightedMedian } from "../layout/layout-line.ts";
import { meanConfidence } from "../page-tree.ts";
import { findLay } from "../prepare/lay.ts";
import type { Raster } from "../raster.ts";
import { countLetters } from "./scripts.ts";

/** Characters of one line stand closer than its neighbours do. So much further apart they belong to lines that run down. */
const apart = 1.15;
/** Fewer characters tell nothing. */
const fewestCharacters = 12;
/** So sharply ink lines up down the page in relation to across it: lines that run across have 0.1 to 0.7, tables up to 1.5. */
const notAcross = 0.8;
const clearlyDown = 1.2;
/** So much of what the other model found the vertical one must find where the characters stand in columns, and where they may. */
const asMuch = 0.8;
const clearlyMore = 1.1;
/** A page read with so much confidence as lines that run across has such lines, unless its characters stand in columns. */
const sure = 85;
/** What is read with less is no text that runs across, so that the lay of its ink need not be clear. */
const garbage = 45;

/**
 * The lines of `raster` read from top to bottom, or undefined when they run across or no vertical model of the languages is installed.
 * `across`: what was read on the raster as lines that run across.
 */
export async function readDown(
  engine: Engine,
  raster: Raster,
  options: RecogniseOptions,
  across: readonly RecognisedParagraph[],
  signal: AbortSignal,
): Promise<RecognisedParagraph[] | undefined> {
  const lines = across.flatMap((paragraph) => paragraph.lines);
  const words = lines.flatMap((line) => line.words);
  if (countLetters(words.map(({ text }) => text).join("")).eastAsian < fewestCharacters) return undefined;
  const inColumns = standsInColumns(lines);
  const confidence = meanConfidence(words) ?? 0;
  if (!inColumns && confidence >= sure) return undefined;
  const lay = findLay(raster);
  if (lay.down.sharpness <= lay.across.sharpness * (inColumns || confidence < garbage ? notAcross : clearlyDown))
    return undefined;
  const installed = await engine.installed();
  const languages = options.languages.map((language) => `${language}_vert`).filter((name) => installed.includes(name));
  if (languages.length === 0) return undefined;
  const read = await engine.recognise(raster, { ...options, languages, lines: "down" }, signal);
  if (certainLetters(read) < (inColumns ? asMuch : clearlyMore) * certainLetters(across)) return undefined;
  return read.map(({ lines }) => ({ lines: lines.map((line) => ({ ...line, down: true })) }));
}

/** True when neighbouring characters of a line are further apart than the lines are. */
export function standsInColumns(lines: readonly RecognisedLine[]): boolean {
  const advances = lines.flatMap(advancesOf);
  const steps = lines.slice(1).flatMap((line, index) => {
    const last = lines[index];
    const step = last === undefined || sharedWidth(last, line) <= 0 ? 0 : baselineOf(line) - baselineOf(last);
    return step > 0 ? [[step, 1] as const] : [];
  });
  const step = weightedMedian(steps);
  return step > 0 && weightedMedian(advances) > apart * step;
}

/** Distances between the characters of a line, px, each with the number of characters it was measured on. */
function advancesOf({ words }: RecognisedLine): [advance: number, characters: number][] {
  const found: [number, number][] = [];
  for (const [index, { text, bbox }] of words.entries()) {
    const count = [...text].length;
    if (countLetters(text).eastAsian < count) continue;
    if (count > 1) found.push([(bbox[2] - bbox[0]) / count, count]);
    const next = words[index + 1];
    if (next === undefined || countLetters(next.text).eastAsian === 0) continue;
    const between = (count + [...next.text].length) / 2;
    found.push([(next.bbox[0] + next.bbox[2] - bbox[0] - bbox[2]) / 2 / between, 1]);
  }
  return found;
}

/** Letters weighted by the confidence they were read with. */
function certainLetters(paragraphs: readonly RecognisedParagraph[]): number {
  const words = wordsOf(paragraphs);
  return words.reduce((sum, { text, confidence }) => sum + countLetters(text).eastAsian * confidence, 0);
}
