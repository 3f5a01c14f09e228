// How one line of words lies on the page: where it starts, which way it runs, how large its letters are.
import type { Box } from "@legible/shared/document";
import { ascentEm } from "./glyphless-font.ts";
import type { WordLine } from "./tree-words.ts";

/** All in px with y pointing up from the page's bottom. Direction is a unit vector; the text's up is its left normal. */
export type LineFrame = {
  origin: { x: number; y: number };
  direction: { x: number; y: number };
  /** Font size, whole px. */
  size: number;
  /** Start and end of a box along the line, px from the origin. */
  extent(box: Box): [number, number];
};

/** Rise over the whole line below which it counts as level, px: less than a word's box is trusted to. */
const levelPx = 2;
/** Steeper than this is no skewed line but a wrong baseline: 14 degrees. */
const steepest = 0.25;

/** The frame of `line` on a page `height` px high. */
export function lineFrame(line: WordLine, height: number): LineFrame {
  const [x0, y0, x1, y1] = line.bbox;
  if (isVertical(line)) {
    // Top to bottom, the line's right side up.
    const size = Math.max(1, Math.round(x1 - x0));
    return {
      origin: { x: Math.round(x0 + (1 - ascentEm) * size), y: Math.round(height - y0) },
      direction: { x: 0, y: -1 },
      size,
      extent: (box) => [box[1] - y0, box[3] - y0],
    };
  }
  const baselineY = baselineOf(line);
  const rise = baselineY(x1) - baselineY(x0);
  const ascent = Math.max(...line.words.map(({ bbox }) => baselineY((bbox[0] + bbox[2]) / 2) - bbox[1]));
  const size = Math.max(1, Math.round(Math.min(ascent, y1 - y0) / ascentEm));
  const start = line.words[0]?.bbox[0] ?? x0;
  if (Math.abs(rise) < levelPx) {
    return {
      origin: { x: Math.round(start), y: Math.round(height - baselineY((x0 + x1) / 2)) },
      direction: { x: 1, y: 0 },
      size,
      extent: (box) => [box[0] - Math.round(start), box[2] - Math.round(start)],
    };
  }
  const length = Math.hypot(x1 - x0, rise);
  const stretch = length / (x1 - x0);
  return {
    origin: { x: Math.round(start), y: Math.round(height - baselineY(start)) },
    direction: { x: (x1 - x0) / length, y: -rise / length },
    size,
    extent: (box) => [(box[0] - Math.round(start)) * stretch, (box[2] - Math.round(start)) * stretch],
  };
}

/** A line of several characters that is much higher than wide is set from top to bottom. */
function isVertical(line: WordLine): boolean {
  const [x0, y0, x1, y1] = line.bbox;
  const letters = line.words.reduce((sum, word) => sum + [...word.text].length, 0);
  return letters > 1 && y1 - y0 > 2 * (x1 - x0) && (y1 - y0) / letters < 2 * (x1 - x0);
}

/** Baseline as a function of x, y pointing down; a fifth above the line's lower edge where the tree's own cannot be true. */
function baselineOf(line: WordLine): (x: number) => number {
  const [x0, y0, x1, y1] = line.bbox;
  const [bx0, by0, bx1, by1] = line.baseline;
  const slope = bx1 > bx0 ? (by1 - by0) / (bx1 - bx0) : 0;
  const given = (x: number) => by0 + slope * (x - bx0);
  const middle = given((x0 + x1) / 2);
  const credible = Math.abs(slope) <= steepest && middle > (y0 + y1) / 2 && middle <= y1 + 0.1 * (y1 - y0);
  return credible ? given : () => y1 - (1 - ascentEm) * (y1 - y0);
}
