// Font sizes of the layer's lines. Readers guess paragraphs from them: poppler takes lines that stand below each other for one when
// their sizes are within a twentieth and the next line is nearer than one and a half sizes, and it orders what it took for paragraphs.
// Letters of one print measure a pixel or two apart from line to line; taken as they are, columns fall into crumbs and are read across.
// So the lines of a column have one size, and neighbours that must not be joined have two.
import type { Block, Box } from "@legible/shared/document";
import type { LayerLine } from "./layer-lines.ts";
import { quantile } from "./line-baseline.ts";
import { sizeOfLine } from "./line-frame.ts";

/** Lines of one block are of one print unless their sizes are further apart than this factor: a drop capital, a line of dots. */
const withinBlock = 2;
/** Blocks of one column are of one print when their sizes are within this factor; a heading set off by its size has more. */
const withinColumn = 1.12;
/** Difference between the sizes of neighbours: seen by readers, not by people. */
const step = 0.06;
/** Sizes tried for a neighbour, in steps from its own. Four colours are enough for any map. */
const steps = [0, 1, -1, 2];
/** Within this distance, in sizes, readers may join words into one paragraph: across and down. */
const reachAcross = 0.8;
const reachDown = 1.6;

/** What is to be read as one piece: blocks that follow each other in one column. `size` in px. */
type Piece = { bbox: Box; size: number; lines: { line: LayerLine; size: number }[]; blocks: Set<Block> };

/** A font size for each line, whole px. */
export function layerSizes(lines: readonly LayerLine[]): number[] {
  const pieces = toPieces(lines);
  const sizes = new Map<LayerLine, number>();
  const given: { piece: Piece; size: number }[] = [];
  for (const piece of pieces) {
    const taken = given.filter((other) => touch(piece.bbox, other.piece.bbox, piece.size)).map(({ size }) => size);
    const common = distinctSize(piece.size, taken);
    given.push({ piece, size: common });
    for (const { line, size } of piece.lines) {
      const apart = size > piece.size * withinBlock || size < piece.size / withinBlock;
      sizes.set(line, Math.max(1, apart ? Math.round(size) : common));
    }
  }
  return lines.map((line) => sizes.get(line) ?? 1);
}

/** Blocks in reading order, those of one column together as long as nothing else stands in or beside what they fill. */
function toPieces(lines: readonly LayerLine[]): Piece[] {
  const blocks = [...Map.groupBy(lines, ({ block }) => block)].map(([block, members]) => toPiece(block, members));
  const pieces: Piece[] = [];
  for (const next of blocks) {
    const last = pieces.at(-1);
    const both = last === undefined ? undefined : joined(last, next);
    const others = both === undefined ? [] : blocks.filter(({ blocks: [block] }) => block && !both.blocks.has(block));
    const apart = both === undefined || others.some((other) => touch(both.bbox, other.bbox, both.size, 0));
    if (last === undefined || apart || !isContinued(last, next)) pieces.push(next);
    else pieces[pieces.length - 1] = both;
  }
  return pieces;
}

function toPiece(block: Block, members: readonly LayerLine[]): Piece {
  const lines = members.map((line) => ({ line, size: sizeOfLine(line) }));
  return { bbox: block.bbox, size: typical(lines), lines, blocks: new Set([block]) };
}

/** Whether `next` goes on below `last` in the same print. */
function isContinued(last: Piece, next: Piece): boolean {
  const ratio = Math.max(last.size, next.size) / Math.min(last.size, next.size);
  return ratio <= withinColumn && next.bbox[1] >= last.bbox[3] - last.size / 2;
}

function joined(a: Piece, b: Piece): Piece {
  const [ax0, ay0, ax1, ay1] = a.bbox;
  const [bx0, by0, bx1, by1] = b.bbox;
  const lines = [...a.lines, ...b.lines];
  const bbox: Box = [Math.min(ax0, bx0), Math.min(ay0, by0), Math.max(ax1, bx1), Math.max(ay1, by1)];
  return { bbox, size: typical(lines), lines, blocks: new Set([...a.blocks, ...b.blocks]) };
}

function typical(lines: Piece["lines"]): number {
  const letters = ({ words }: LayerLine) => words.reduce((sum, { text }) => sum + text.length, 0);
  return quantile(
    lines.map(({ line, size }) => [size, letters(line)]),
    0.5,
  );
}

/** The whole size nearest to `own` that is told from all that are taken. */
function distinctSize(own: number, taken: readonly number[]): number {
  const base = Math.round(own);
  const stride = Math.max(1, Math.ceil(base * step));
  const free = steps
    .map((count) => base + count * stride)
    .find((size) => taken.every((other) => Math.abs(other - size) >= 0.9 * step * Math.max(other, size)));
  return Math.max(1, free ?? base);
}

function touch(a: Box, b: Box, size: number, down = reachDown): boolean {
  const across = Math.max(a[0], b[0]) - Math.min(a[2], b[2]);
  const gapDown = Math.max(a[1], b[1]) - Math.min(a[3], b[3]);
  return across < reachAcross * size && gapDown < down * size;
}
