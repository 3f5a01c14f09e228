// What is to be read as one piece: the lines of blocks that follow each other downwards in one column. Readers that guess must neither
// break such a piece up nor join it to another.
import type { Block, Box } from "@legible/shared/document";
import type { LayerLine } from "./layer-lines.ts";
import { quantile } from "./line-baseline.ts";
import { sizeOfLine } from "./line-frame.ts";
import { hull } from "./tree-words.ts";

/** A line, the size its own letters ask for and the one that its block asks for, px. */
type SizedLine = { line: LayerLine; size: number; blockSize: number };
/** `lines` in reading order; `size` is that of most letters, px. */
export type Piece = { bbox: Box; size: number; lines: SizedLine[]; blocks: Set<Block> };

/** Blocks of one column are of one piece when their sizes are within this factor. Poppler takes lines up to 1.6 times as large into a column. */
const withinPiece = 1.55;
/** Part of the narrower of two blocks that must stand below the other. */
const overlapShare = 0.5;

/** The pieces of a page; blocks are joined in reading order as long as nothing else stands in what they fill. */
export function layerColumns(lines: readonly LayerLine[]): Piece[] {
  const blocks = [...Map.groupBy(lines, ({ block }) => block)].map(([block, members]) => toPiece(block, members));
  const pieces: Piece[] = [];
  for (const next of blocks) {
    const last = pieces.at(-1);
    const both = last !== undefined && isContinued(last, next) ? joined(last, next) : undefined;
    const others = both === undefined ? [] : blocks.filter(({ blocks: [block] }) => block && !both.blocks.has(block));
    if (both === undefined || others.some(({ bbox }) => overlaps(bbox, both.bbox))) pieces.push(next);
    else pieces[pieces.length - 1] = both;
  }
  return pieces;
}

function toPiece(block: Block, members: readonly LayerLine[]): Piece {
  const sized = members.map((line) => ({ line, size: sizeOfLine(line) }));
  const size = typicalSize(sized);
  return { bbox: block.bbox, size, lines: sized.map((line) => ({ ...line, blockSize: size })), blocks: new Set([block]) };
}

/** Whether `next` goes on below `last` in a print that may stand in one column with it. */
function isContinued(last: Piece, next: Piece): boolean {
  const ratio = Math.max(last.size, next.size) / Math.min(last.size, next.size);
  const [a, b] = [last.bbox, next.bbox];
  const overlap = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const narrower = Math.min(a[2] - a[0], b[2] - b[0]);
  return ratio <= withinPiece && b[1] >= a[3] - last.size / 2 && overlap >= overlapShare * narrower;
}

function joined(a: Piece, b: Piece): Piece {
  const lines = [...a.lines, ...b.lines];
  return { bbox: hull(a.bbox, b.bbox), size: typicalSize(lines), lines, blocks: new Set([...a.blocks, ...b.blocks]) };
}

function typicalSize(lines: readonly Pick<SizedLine, "line" | "size">[]): number {
  const letters = ({ words }: LayerLine) => words.reduce((sum, { text }) => sum + text.length, 0);
  return quantile(
    lines.map(({ line, size }) => [size, letters(line)]),
    0.5,
  );
}

function overlaps(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
