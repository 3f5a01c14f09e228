// What is to be read as one piece: the lines of blocks that follow each other downwards in one column. Readers that guess must neither
// break such a piece up nor join it to another.
import type { Block, Box } from "@legible/shared/document";
import { hull } from "@legible/shared/tree-words";
import type { LayerLine } from "./layer-lines.ts";
import { baselineOf, quantile, type Weighted } from "./line-baseline.ts";
import { sizeOfLine } from "./line-frame.ts";

/** A line, the size its own letters ask for and the one that its block asks for, px, and where its letters stand. */
type SizedLine = { line: LayerLine; size: number; blockSize: number; heightAt: (x: number) => number };
/** `lines` in reading order; `size` is that of most letters, px. */
export type Piece = { bbox: Box; size: number; lines: SizedLine[]; blocks: Set<Block> };

/** Blocks of one column are of one piece when their sizes are within this factor. Poppler takes lines up to 1.6 times as large into a column. */
const withinPiece = 1.55;
/** Part of the narrower of two blocks that must stand below the other. */
const overlapShare = 0.5;
/** A line whose baseline is less than this below another's is beside it, in sizes. */
const linesApart = 0.5;
/** Within these distances, in sizes, poppler joins all words across, and those of a few lines. */
const touching = 0.35;
const reachAcross = 1.05;
const fewLines = 3;
/** Rise of a line from end to end from which a page counts as askew, in sizes. */
const askewRise = 0.4;

/** The pieces of a page; blocks are joined in reading order as long as nothing else stands in what they fill. */
export function layerColumns(lines: readonly LayerLine[]): Piece[] {
  const blocks = [...Map.groupBy(lines, ({ block }) => block)].map(([block, members]) => toPiece(block, members));
  const pieces: Piece[] = [];
  for (const next of blocks) {
    const last = pieces.at(-1);
    const both = last !== undefined && isContinued(last, next) ? joined(last, next) : undefined;
    const others = both === undefined ? [] : blocks.filter(({ blocks: [block] }) => block && !both.blocks.has(block));
    if (both === undefined || isCrowded(both, others)) pieces.push(next);
    else pieces[pieces.length - 1] = both;
  }
  return pieces;
}

/** Whether some of one piece is at the height of some of the other. */
export function isBeside({ bbox: a }: Piece, { bbox: b }: Piece): boolean {
  return Math.min(a[3], b[3]) > Math.max(a[1], b[1]) && (a[2] <= b[0] || b[2] <= a[0]);
}

function toPiece(block: Block, members: readonly LayerLine[]): Piece {
  const sized = members.map((line) => ({ line, size: sizeOfLine(line) }));
  const size = typicalSize(sized);
  return {
    bbox: block.bbox,
    size,
    lines: sized.map((line) => ({ ...line, blockSize: size, heightAt: baselineOf(line.line).heightAt })),
    blocks: new Set([block]),
  };
}

/** Whether `next` goes on below `last` in a print that may stand in one column with it. */
function isContinued(last: Piece, next: Piece): boolean {
  const ratio = Math.max(last.size, next.size) / Math.min(last.size, next.size);
  return ratio <= withinPiece && isStacked(last, next);
}

/** Whether `lower` stands below `upper`. Baselines say it: boxes of lines that rise, and of badly read ones, reach into each other. */
function isStacked(upper: Piece, lower: Piece): boolean {
  const [left, right] = [Math.max(upper.bbox[0], lower.bbox[0]), Math.min(upper.bbox[2], lower.bbox[2])];
  const narrower = Math.min(upper.bbox[2] - upper.bbox[0], lower.bbox[2] - lower.bbox[0]);
  const [last, first] = [upper.lines.at(-1), lower.lines.at(0)];
  if (last === undefined || first === undefined || right - left < overlapShare * narrower) return false;
  const middle = (left + right) / 2;
  return first.heightAt(middle) - last.heightAt(middle) > linesApart * upper.size;
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

/**
 * Whether others stand in what the piece fills, or so near to its right that readers take them in: poppler grows pieces from the left,
 * by words nearer than 0.3 sizes, and by up to three lines nearer than one. On a page that lies askew a column's box is wider than its
 * lines, and what is on the right may come first.
 */
function isCrowded(piece: Piece, others: readonly Piece[]): boolean {
  const [x0, y0, x1, y1] = piece.bbox;
  const askew = isAskew(piece);
  const reach = reachAcross * piece.size;
  const left = x0 - (askew ? reach : 0);
  const right = x1 + (askew ? reach : touching * piece.size);
  const beside = others.filter((other) => !isStacked(piece, other) && !isStacked(other, piece));
  const level = beside.filter(({ bbox }) => bbox[1] < y1 && y0 < bbox[3] && left < bbox[2]);
  if (level.some(({ bbox }) => bbox[0] < right)) return true;
  const lines = level.flatMap((other) => other.lines.map(({ line }) => line.bbox));
  const near = lines.filter((box) => box[0] < x1 + reach && box[1] < y1 && y0 < box[3]);
  return near.length > 0 && near.length <= fewLines;
}

/** Whether the piece's lines rise or fall by so much that their boxes say little. */
export function isAskew({ lines, size }: Piece): boolean {
  const rises = lines.map(({ line: { baseline, bbox } }): Weighted => {
    return [Math.abs(baseline[3] - baseline[1]) / size, bbox[2] - bbox[0]];
  });
  return quantile(rises, 0.5) > askewRise;
}
