// Font sizes of the layer's lines. Readers guess paragraphs from them: poppler takes lines that stand below each other for one when
// their sizes are within a twentieth and the next line is nearer than one and a half sizes, and it orders what it took for paragraphs.
// Letters of one print measure a pixel or two apart from line to line; taken as they are, columns fall into crumbs and are read across.
// So the lines of a column have one size, and neighbours that must not be joined have two.
import type { Box } from "@legible/shared/document";
import type { Piece } from "./layer-columns.ts";
import type { LayerLine } from "./layer-lines.ts";

/** Lines of one block are of one print unless their sizes are further apart than this factor: a drop capital, a line of dots. */
const withinBlock = 2;
/** Blocks within this factor of their column are given its size; a heading set off by its size has more. */
const withinColumn = 1.18;
/** Difference between the sizes of neighbours: seen by readers, not by people. */
const step = 0.06;
/** Sizes tried for a neighbour, in steps from its own. Four colours are enough for any map. */
const steps = [0, 1, -1, 2];
/** Within this distance, in sizes, readers may join words into one paragraph: across and down. */
const reachAcross = 0.8;
const reachDown = 1.6;

/** The font size of each line and of each column, whole px. */
export type LayerSizes = { ofLine(line: LayerLine): number; ofPiece(piece: Piece): number };

export function layerSizes(pieces: readonly Piece[]): LayerSizes {
  const ofLine = new Map<LayerLine, number>();
  const ofPiece = new Map<Piece, number>();
  for (const piece of pieces) {
    const taken = [...ofPiece].flatMap(([other, size]) => (touch(piece.bbox, other.bbox, piece.size) ? [size] : []));
    const common = distinctSize(piece.size, taken);
    ofPiece.set(piece, common);
    for (const { line, size, blockSize } of piece.lines) {
      const ofBlock = apart(blockSize, piece.size) > withinColumn ? Math.round(blockSize) : common;
      ofLine.set(line, Math.max(1, apart(size, blockSize) > withinBlock ? Math.round(size) : ofBlock));
    }
  }
  return { ofLine: (line) => ofLine.get(line) ?? 1, ofPiece: (piece) => ofPiece.get(piece) ?? 1 };
}

const apart = (a: number, b: number) => Math.max(a, b) / Math.min(a, b);

/** The whole size nearest to `own` that is told from all that are taken. */
function distinctSize(own: number, taken: readonly number[]): number {
  const base = Math.round(own);
  const stride = Math.max(1, Math.ceil(base * step));
  const free = steps
    .map((count) => base + count * stride)
    .find((size) => taken.every((other) => Math.abs(other - size) >= 0.9 * step * Math.max(other, size)));
  return Math.max(1, free ?? base);
}

function touch(a: Box, b: Box, size: number): boolean {
  const across = Math.max(a[0], b[0]) - Math.min(a[2], b[2]);
  const gapDown = Math.max(a[1], b[1]) - Math.min(a[3], b[3]);
  return across < reachAcross * size && gapDown < reachDown * size;
}
