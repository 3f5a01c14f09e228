// The lines of the text layer: those of the tree, with the cells of one table row that stand beside each other joined. Readers
// guess columns from gaps; a row that is one line is read as a row.
import type { Block, Box, Page, Word } from "@legible/shared/document";
import { isSpaced, type WordLine, wordLines } from "@legible/shared/tree-words";
import { withoutSlopingWords } from "./sloping-words.ts";
import { isRightToLeft } from "./visual-order.ts";

/** Words written one after another; `spaced[i]` says whether a space follows word i. */
export type LayerLine = WordLine & {
  spaced: boolean[];
  /** The block it is a line of. */
  block: Block;
};

/** Cells whose letters stand further apart in height than this share of a line are not on one line. */
const sameHeight = 0.4;

/** The lines of the page in reading order. */
export function layerLines(page: Page): LayerLine[] {
  return page.blocks.flatMap((block) => {
    const lines: LayerLine[] = [];
    for (const line of wordLines(block)) {
      const last = lines.at(-1);
      if (last !== undefined && isBeside(last, line)) lines[lines.length - 1] = joined(last, line);
      else lines.push({ ...line, spaced: spacesWithin(line.words), block });
    }
    return lines.map(inVisualOrder).map(withoutSlopingWords);
  });
}

/** A line with right-to-left letters as its words stand on paper: readers turn it around as a whole, spaces and all. */
function inVisualOrder(line: LayerLine): LayerLine {
  if (!line.words.some(({ text }) => isRightToLeft(text))) return line;
  const words = [...line.words].sort((a, b) => a.bbox[0] - b.bbox[0]);
  return { ...line, words, spaced: spacesWithin(words) };
}

function isBeside(last: WordLine, next: WordLine): boolean {
  if (next.row === undefined || next.row !== last.row || next.bbox[0] < last.bbox[2]) return false;
  const height = Math.min(last.bbox[3] - last.bbox[1], next.bbox[3] - next.bbox[1]);
  return Math.abs(baselineAt(last, next.bbox[0]) - baselineAt(next, next.bbox[0])) < sameHeight * height;
}

function joined(last: LayerLine, next: WordLine): LayerLine {
  const [x0, y0, x1, y1] = last.bbox;
  const bbox: Box = [x0, Math.min(y0, next.bbox[1]), Math.max(x1, next.bbox[2]), Math.max(y1, next.bbox[3])];
  return {
    ...last,
    words: [...last.words, ...next.words],
    bbox,
    baseline: [x0, baselineAt(last, x0), bbox[2], baselineAt(next, bbox[2])],
    // A space stands between cells, whatever their script.
    spaced: [...last.spaced.slice(0, -1), true, ...spacesWithin(next.words)],
  };
}

function spacesWithin(words: readonly Word[]): boolean[] {
  return words.map((word, index) => {
    const next = words[index + 1];
    return next !== undefined && isSpaced(word.text, next.text);
  });
}

/** Height of the line's baseline at `x`, px. */
function baselineAt({ baseline: [x0, y0, x1, y1] }: WordLine, x: number): number {
  return x1 > x0 ? y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) : y0;
}
