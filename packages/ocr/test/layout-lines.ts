// Lines for tests of layout: words of letters as wide as half their size, at places given in characters.
import type { Box } from "@legible/shared/document";
import type { LayoutLine } from "../src/pipeline/layout/layout-line.ts";
import type { DraftBlock } from "../src/pipeline/page-tree.ts";

export const size = 40;
const letter = size / 2;

export type LineOptions = { size?: number; bold?: boolean; dot?: number; confidence?: number };

/** A line at `x` and with its feet at `y`, px. Two or more spaces in `text` are as wide as they are written. */
export function makeLine(text: string, x: number, y: number, options: LineOptions = {}): LayoutLine {
  const scale = (options.size ?? size) / size;
  const confidence = options.confidence ?? 90;
  const words = Array.from(text.matchAll(/\S+/gu), (match) => {
    const at = x + match.index * letter * scale;
    // A little white belongs to every letter.
    const bbox: Box = [at, y - 30 * scale, at + (match[0].length * letter - 4) * scale, y + 8 * scale];
    return { text: match[0], bbox, confidence };
  });
  const [first, last] = [words[0], words.at(-1)];
  const bbox: Box = [first?.bbox[0] ?? x, y - 30 * scale, last?.bbox[2] ?? x, y + 8 * scale];
  return {
    words,
    bbox,
    baseline: [bbox[0], y, bbox[2], y],
    size: options.size ?? size,
    bold: options.bold ?? false,
    ...(options.dot === undefined ? {} : { dot: options.dot }),
  };
}

/** Lines of one paragraph, `step` px apart. */
export function makeLines(
  texts: readonly string[],
  x: number,
  y: number,
  options: LineOptions = {},
  step = 52,
): LayoutLine[] {
  return texts.map((text, index) => makeLine(text, x, y + index * step, options));
}

export const prose = [
  "Every page of the ledger was photographed twice, once under",
  "ordinary light and once under ultraviolet, before it was put",
  "back into its box and carried down to the dry store in which",
  "the older prints are kept until somebody asks to see them.",
];

export function textOf(block: DraftBlock): string {
  return block.lines.map((line) => line.words.map((word) => word.text).join(" ")).join(" ");
}

/** What a block is and how it begins. */
export function shapeOf(blocks: readonly DraftBlock[]): string[] {
  return blocks.map((block) => `${block.type}${block.level ?? ""}: ${textOf(block).slice(0, 24)}`);
}

/** A table's texts, row by row. */
export function gridOf({ lines, table }: DraftBlock): string[][] {
  const grid = Array.from({ length: table?.rows ?? 0 }, () => Array.from({ length: table?.columns ?? 0 }, () => ""));
  for (const cell of table?.cells ?? []) {
    const row = grid[cell.row];
    if (row === undefined) continue;
    row[cell.column] = cell.lines.map((index) => lines[index]?.words.map((word) => word.text).join(" ")).join(" ");
  }
  return grid;
}
