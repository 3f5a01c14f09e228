// How one line of words lies on the page: where it starts, which way it runs, how large its letters are.
import type { Box } from "@legible/shared/document";
import type { WordLine } from "@legible/shared/tree-words";
import { ascentEm } from "./glyphless-font.ts";
import { baselineOf } from "./line-baseline.ts";

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
 * How far from its true place a word at the end of a skewed line may be set so that the line is flatter, em: its letters' middle, 0.34 em
 * above the baseline, still lies inside its box. Poppler reads a line whose words rise by less than half a size from its first one.
 */
const flattening = 0.3;

/**
 * The frame of `line` on a page `height` px high, in letters of `size` px. A skewed line is not turned: readers cut turned words wherever the baseline
 * has moved by half a point, and lose them on search.
 */
export function lineFrame(line: WordLine, height: number, size: number): LineFrame {
  return isVertical(line) ? frameDown(line, height, size) : frameAcross(line, height, size);
}

/** Font size that the line's own letters ask for, px. */
export function sizeOfLine(line: WordLine): number {
  return isVertical(line) ? line.bbox[2] - line.bbox[0] : baselineOf(line).em;
}

/** Top to bottom, the line's right side up. */
function frameDown(line: WordLine, height: number, size: number): LineFrame {
  const [x0, y0, x1] = line.bbox;
  return {
    origin: { x: Math.round((x0 + x1) / 2 + (0.5 - ascentEm) * size), y: Math.round(height - y0) },
    vertical: true,
    size,
    extent: (box) => [box[1] - y0, box[3] - y0],
    rise: () => 0,
  };
}

function frameAcross(line: WordLine, height: number, size: number): LineFrame {
  const [x0, , x1] = line.bbox;
  const { heightAt } = baselineOf(line);
  const middle = (x0 + x1) / 2;
  const kept = keptSlope(Math.abs(heightAt(x1) - heightAt(x0)) / size);
  const baselineAt = (box: Box) => heightAt(middle + kept * ((box[0] + box[2]) / 2 - middle));
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

/** The part of its slope that a line is set with, 0–1, when it rises `rise` em from end to end. */
function keptSlope(rise: number): number {
  return rise === 0 ? 0 : Math.max(0, rise - 2 * flattening) / rise;
}

/** A line of several characters that is much higher than wide is set from top to bottom. */
export function isVertical(line: WordLine): boolean {
  const [x0, y0, x1, y1] = line.bbox;
  const letters = line.words.reduce((sum, word) => sum + [...word.text].length, 0);
  return letters > 1 && y1 - y0 > 2 * (x1 - x0) && (y1 - y0) / letters < 2 * (x1 - x0);
}
