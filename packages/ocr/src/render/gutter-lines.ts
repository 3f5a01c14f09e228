// A page number below the gap between two columns. Poppler lets each paragraph reach sideways over whatever stands below it in free
// space; a number in the gap makes the columns reach into each other, and they are then read across. Such a line is drawn out until it
// stands below both columns, or below the left one where the right one is far away.
import type { Block, Word } from "@legible/shared/document";
import type { LayerLine } from "./layer-lines.ts";

/** How far a line may be drawn out to either side, in heights of the line: half of a usual gap and a little more. */
const farthest = 3;
/** How far the line must reach under a column, in heights of the line. */
const under = 0.25;

/** The lines, those below a gap between columns drawn out to both sides. */
export function outOfGutters(lines: readonly LayerLine[]): LayerLine[] {
  const blocks = [...new Set(lines.map(({ block }) => block))];
  return lines.map((line) => {
    const gap = gapAbove(line, blocks);
    const [, y0, , y1] = line.bbox;
    const reach = under * (y1 - y0);
    if (gap === undefined) return line;
    const words = line.words.map((word, index): Word => {
      const [x0, top, x1, bottom] = word.bbox;
      const left = index === 0 ? gap.left - reach : x0;
      const right = index === line.words.length - 1 && gap.right !== undefined ? gap.right + reach : x1;
      return { ...word, bbox: [left, top, right, bottom] };
    });
    return { ...line, words };
  });
}

/** The gap in which a line stands alone, px; undefined when there is none, as is a column that is too far away. */
function gapAbove({ block, bbox: [x0, y0, x1, y1] }: LayerLine, blocks: readonly Block[]) {
  // Between columns that go on at its sides a line is part of the text.
  if (blocks.some((other) => other !== block && other.bbox[1] < y1 && y0 < other.bbox[3])) return undefined;
  const above = blocks.filter(({ bbox }) => bbox[3] <= y0);
  const gaps = above.flatMap((right) => {
    const beside = right.bbox[0] < x1 ? [] : above.filter((left) => isLeftOf(left, right));
    const left = Math.max(...beside.map(({ bbox }) => bbox[2]));
    return beside.length > 0 && left <= x0 ? [{ left, right: right.bbox[0] }] : [];
  });
  if (gaps.length === 0) return undefined;
  const left = Math.min(...gaps.map((gap) => gap.left));
  const right = Math.max(...gaps.map((gap) => gap.right));
  // Below the left column alone the line is read before the right one, but the columns are still told apart.
  const height = y1 - y0;
  return x0 - left <= farthest * height
    ? { left, right: right - x1 <= farthest * height ? right : undefined }
    : undefined;
}

function isLeftOf(left: Block, right: Block): boolean {
  const [, y0, x1, y1] = left.bbox;
  return x1 < right.bbox[0] && y0 < right.bbox[3] && right.bbox[1] < y1;
}
