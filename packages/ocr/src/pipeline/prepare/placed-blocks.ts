// Blocks that were found on a page made level, put back to where they stand on the page as it is.
import type { Block, Box, Line } from "@legible/shared/document";
import { union } from "../page-tree.ts";

/** From a place on the level page to one on the page itself, px. */
export type PlaceBack = (x: number, y: number) => readonly [number, number];

/**
 * The blocks with the boxes around their turned corners, inside a page of `width` × `height` px. Baselines stay lines and rise with
 * the text; boxes of lines and blocks are those of their words.
 */
export function placedBlocks(blocks: readonly Block[], back: PlaceBack, width: number, height: number): Block[] {
  const place = (x: number, y: number): [number, number] => {
    const [onX, onY] = back(x, y);
    return [oneDecimal(Math.min(width, Math.max(0, onX))), oneDecimal(Math.min(height, Math.max(0, onY)))];
  };
  const hull = ([x0, y0, x1, y1]: Box): Box => {
    const corners = [place(x0, y0), place(x1, y0), place(x0, y1), place(x1, y1)];
    return union(corners.map(([x, y]) => [x, y, x, y]));
  };
  const placeLine = (line: Line): Line => {
    const [x0, y0, x1, y1] = line.baseline;
    const words = line.words.map((word) => ({ ...word, bbox: hull(word.bbox) }));
    return {
      ...line,
      words,
      bbox: union(words.map(({ bbox }) => bbox)),
      baseline: [...place(x0, y0), ...place(x1, y1)],
    };
  };
  return blocks.map((block) => {
    const lines = block.lines.map(placeLine);
    const bbox = lines.length === 0 ? hull(block.bbox) : union(lines.map((line) => line.bbox));
    if (block.table === undefined) return { ...block, lines, bbox };
    const cells = block.table.cells.map((cell) => ({ ...cell, bbox: hull(cell.bbox) }));
    return { ...block, lines, bbox, table: { ...block.table, cells } };
  });
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
