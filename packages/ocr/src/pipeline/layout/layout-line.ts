// A line as layout sees it: recognised or read from a PDF, with the size and weight of its letters.
import type { RecognisedLine, RecognisedWord } from "../engine/engine.ts";
import { type DraftBlock, meanConfidence, union } from "../page-tree.ts";

export type LayoutLine = RecognisedLine & {
  /** Height of the font, px; estimated on recognised pages. */
  size: number;
  bold: boolean;
  /** All letters are of a font whose characters have one width; only a PDF tells. */
  fixed?: boolean;
  /** Left edge of a bullet that is drawn before the line, not written, px. */
  dot?: number;
  /** What the tags of a PDF tell of the line. */
  tag?: LineTag;
};

export type LineTag = {
  /** Lines with the same number are one block, and no others are. */
  block: number;
  /** The block that the line stands in, when the tags tell all of it. */
  made?: DraftBlock;
};

/** `words` of `line` as a line of their own. */
export function partOfLine(line: LayoutLine, words: RecognisedWord[]): LayoutLine {
  const bbox = union(words.map((word) => word.bbox));
  return { ...line, words, bbox, baseline: [bbox[0], line.baseline[1], bbox[2], line.baseline[3]] };
}

/** The line's words with a space between them: good for looking at, not for showing. */
export function lineText(line: RecognisedLine): string {
  return line.words.map((word) => word.text).join(" ");
}

export function lineLength(line: RecognisedLine): number {
  return line.words.reduce((sum, word) => sum + word.text.length, 0);
}

/** Where the line stands, px from the top. */
export function baselineOf({ baseline }: RecognisedLine): number {
  return (baseline[1] + baseline[3]) / 2;
}

/** Width that two lines have in common, px; negative when they stand beside each other. */
export function sharedWidth(a: RecognisedLine, b: RecognisedLine): number {
  return Math.min(a.bbox[2], b.bbox[2]) - Math.max(a.bbox[0], b.bbox[0]);
}

/** The value in the middle when each counts `weight` times; 0 for none. */
export function weightedMedian(values: readonly (readonly [value: number, weight: number])[]): number {
  const sorted = [...values].sort(([a], [b]) => a - b);
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let seen = 0;
  for (const [value, weight] of sorted) {
    seen += weight;
    if (seen >= half) return value;
  }
  return 0;
}

/** Mean confidence of the words of `lines`, 0–100. */
export function lineConfidence(lines: readonly RecognisedLine[]): number {
  return meanConfidence(lines.flatMap((line) => line.words)) ?? 0;
}

/** Letters of a line that runs up or down the page's edge make a box so much higher than wide. */
const sidewaysShape = 2;
const fewestSideways = 3;
const square = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Latin text turned by a quarter; upright Chinese and Japanese columns are as high, but read so. */
export function isSideways(line: RecognisedLine): boolean {
  const [x0, y0, x1, y1] = line.bbox;
  const turned = y1 - y0 > (x1 - x0) * sidewaysShape && lineLength(line) >= fewestSideways;
  return turned && !line.words.some((word) => square.test(word.text));
}
