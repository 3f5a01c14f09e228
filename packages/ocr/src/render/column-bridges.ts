// Keeps a column one piece for readers that guess. Poppler goes from a line to the one below as long as it is nearer than one and a half
// sizes and of the same size, so a gap between paragraphs or a heading ends its piece. A piece that has nothing beside it (the gap in the
// next column is at the same height, say) is then taken to be as wide as what stands below, and the columns are read across. A character
// without width in the gap, of the column's size, carries it over. What stands between two such lines joins the piece by itself when it
// is not much larger.
import type { Box } from "@legible/shared/document";
import type { Piece } from "./layer-columns.ts";
import type { LayerLine } from "./layer-lines.ts";
import type { LineFrame } from "./line-frame.ts";

/** Where a bridging character stands: px, y pointing up, as lines are placed. */
export type Bridge = { x: number; y: number; width: number; size: number };

/** Distance from baseline to baseline, in sizes. Poppler goes 1.5. */
const reach = 1.4;
/** Gaps wider than this many steps, a page of ordinary print, are left: their sizes are mistaken. */
const farthest = 60;
/** Lines up to this many times as large as the piece's are taken into it. Poppler: 1.6. */
const largest = 1.55;
/** Poppler takes words for one line that stand within half a size of its first one. */
const levelRise = 0.4;

/** A character before a line that rises or falls, at half of its height: its words are then near enough to the first of them. */
export function lineBridge(line: LayerLine, frame: LineFrame): Bridge[] {
  const rises = line.words.map(({ bbox }) => frame.rise(bbox));
  const [low, high] = [Math.min(...rises), Math.max(...rises)];
  if (frame.vertical || high - low <= levelRise * frame.size) return [];
  const { x, y } = frame.origin;
  return [{ x: x - 2, y: y + Math.round((low + high) / 2), width: 1, size: frame.size }];
}

/** The characters needed to hold `piece`, whose lines are drawn at `size`, together. */
export function columnBridges(piece: Piece, size: number, frameOf: (line: LayerLine) => LineFrame): Bridge[] {
  const bridges: Bridge[] = [];
  let last: { y: number; bbox: Box } | undefined;
  let left = Number.POSITIVE_INFINITY;
  for (const { line } of piece.lines) {
    const frame = frameOf(line);
    if (frame.vertical) return [];
    left = Math.min(left, frame.origin.x);
    if (frame.size > largest * size) last = undefined;
    if (frame.size !== size) continue;
    const { y } = frame.origin;
    if (last !== undefined) {
      const steps = Math.ceil((last.y - y) / (reach * size));
      const x = Math.round(Math.min(left, last.bbox[0]));
      const width = Math.round(last.bbox[0]) - x + 1;
      for (let step = 1; step < steps && steps <= farthest; step++) {
        bridges.push({ x, y: Math.round(last.y + ((y - last.y) * step) / steps), width, size });
      }
    }
    last = { y, bbox: line.bbox };
    left = Number.POSITIVE_INFINITY;
  }
  return bridges;
}
