// How one line of words lies on the page: where it starts, which way it runs, how large its letters are.
import type { Box } from "@legible/shared/document";
import { ascentEm } from "./glyphless-font.ts";
import type { WordLine } from "./tree-words.ts";

/** All in px with y pointing up from the page's bottom. The line runs to the right, or down when it is `vertical`. */
export type LineFrame = {
  origin: { x: number; y: number };
  vertical: boolean;
  /** Font size, whole px. */
  size: number;
  /** Start and end of a box along the line, px from the origin. */
  extent(box: Box): [number, number];
  /** How far above the origin the word in this box stands, whole px: a skewed line is a stair of level words. */
  rise(box: Box): number;
};

/**
 * How far from its true place a word at the end of a skewed line may be set so that the line is flatter, in heights of the line:
 * its middle still lies inside its letters.
 */
const flattening = 0.3;
/** Poppler finds a skewed line's beginning while the line rises less than half its height; beyond that each word stands where it is. */
const readableRise = 0.4;
/** Steeper than this is no skewed line but a wrong baseline: 15 degrees, the most that pages are straightened by. */
const steepest = 0.27;

/**
 * The frame of `line` on a page `height` px high. A skewed line is not turned: readers cut turned words wherever the baseline
 * has moved by half a point, and lose them on search.
 */
export function lineFrame(line: WordLine, height: number): LineFrame {
  const [x0, y0, x1, y1] = line.bbox;
  if (isVertical(line)) {
    // Top to bottom, the line's right side up.
    const size = Math.max(1, Math.round(x1 - x0));
    return {
      origin: { x: Math.round(x0 + (1 - ascentEm) * size), y: Math.round(height - y0) },
      vertical: true,
      size,
      extent: (box) => [box[1] - y0, box[3] - y0],
      rise: () => 0,
    };
  }
  const baseline = baselineOf(line);
  const middle = (x0 + x1) / 2;
  const ascent = Math.max(...line.words.map(({ bbox }) => baseline((bbox[0] + bbox[2]) / 2) - bbox[1]));
  const size = Math.max(1, Math.round(Math.min(ascent, y1 - y0) / ascentEm));
  const kept = keptSlope(Math.abs(baseline(x1) - baseline(x0)) / size);
  const baselineAt = (box: Box) => baseline(middle + kept * ((box[0] + box[2]) / 2 - middle));
  const first = line.words[0]?.bbox ?? line.bbox;
  const start = Math.round(first[0]);
  const originY = Math.round(height - baselineAt(first));
  return {
    origin: { x: start, y: originY },
    vertical: false,
    size,
    extent: (box) => [box[0] - start, box[2] - start],
    rise: (box) => Math.round(height - baselineAt(box)) - originY,
  };
}

/** The part of its slope that a line is set with, 0–1, when it rises `rise` heights of itself from end to end. */
function keptSlope(rise: number): number {
  const flattened = Math.max(0, rise - 2 * flattening);
  if (flattened > readableRise) return 1;
  return rise === 0 ? 0 : flattened / rise;
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
