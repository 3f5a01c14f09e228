// How the lines of a page lie, measured without reading any: which way they run, and how far they are from level. Ends of ink are
// projected along each angle; where the angle is that of the lines, they pile up into sharp peaks (W. Postl, 1986).
import type { Raster } from "../raster.ts";
import { type Edges, findEdges, type Points } from "./edges.ts";

/** Scans and photos lie askew by less; what is turned further is found by its direction, not here. Degrees. */
const mostDegrees = 15;
/** Steps from coarse to fine, degrees. Half a degree moves the end of a line on A4 by less than its height. */
const steps = [0.5, 0.1, 0.02];
/** Points used for the first step: enough to see the lines. */
const coarsePoints = 15_000;
/** Fewer ends of ink tell nothing: about a line of ten words. */
const fewestPoints = 300;

/** The best angle of one direction. */
export type Slant = {
  /** Degrees by which lines fall to the right of their direction (clockwise is positive). */
  degrees: number;
  /** How sharp the peaks are at that angle: 0 for evenly spread points, about 1 for print. */
  sharpness: number;
  /** The same in relation to all other angles: 1 when no angle stands out. */
  prominence: number;
};

export type Lay = {
  edges: Edges;
  across: Slant;
  down: Slant;
  /**
   * How much sharper the lower ends of the ink line up than the upper ones. More letters rise above the others than hang below their
   * line: print has more than 1 upright, and less upside down.
   */
  footing: number;
};

export function findLay(raster: Raster): Lay {
  const edges = findEdges(raster);
  const { across, down, width, height } = edges;
  // Turned by a quarter, lines that run down run across: (x, y) → (y, -x).
  const turned = { x: down.y, y: down.x.map((x) => width - x), sides: down.sides };
  const best = slant(across, width, height);
  return { edges, across: best, down: slant(turned, height, width), footing: footing(across, width, height, best) };
}

function footing(points: Points, width: number, height: number, { degrees }: Slant): number {
  if (points.x.length < fewestPoints) return 1;
  const bins = newBins(width, height);
  const upper = peaks(points, width, bins, degrees, 1, -1);
  return upper === 0 ? 1 : peaks(points, width, bins, degrees, 1, 1) / upper;
}

/** One bin for each row, and for those that slanted lines reach beyond the page. */
function newBins(width: number, height: number): Float32Array {
  return new Float32Array(Math.ceil(height + width * Math.tan((mostDegrees * Math.PI) / 180)) + 3);
}

function slant(points: Points, width: number, height: number): Slant {
  const count = points.x.length;
  if (count < fewestPoints) return { degrees: 0, sharpness: 0, prominence: 1 };
  const stride = Math.max(1, Math.floor(count / coarsePoints));
  const bins = newBins(width, height);
  const measure = (degrees: number, every: number) => peaks(points, width, bins, degrees, every);
  const [coarse = 0.5, ...finer] = steps;
  const all: number[] = [];
  let best = { degrees: 0, value: -1 };
  for (let degrees = -mostDegrees; degrees <= mostDegrees; degrees += coarse) {
    const value = measure(degrees, stride);
    all.push(value);
    if (value > best.value) best = { degrees, value };
  }
  const middle = all.sort((a, b) => a - b)[all.length >> 1] ?? 0;
  const prominence = middle === 0 ? 1 : best.value / middle;
  let wide = coarse;
  for (const step of finer) {
    const from = best.degrees - wide;
    best = { degrees: best.degrees, value: -1 };
    for (let index = 0; index <= Math.round((2 * wide) / step); index++) {
      const value = measure(from + index * step, 1);
      if (value > best.value) best = { degrees: from + index * step, value };
    }
    wide = step;
  }
  return { degrees: Math.round(best.degrees * 100) / 100, sharpness: best.value, prominence };
}

/**
 * Sum of squared differences of neighbouring bins, for a mean of one point a bin. Each point is spread over two bins. Only points of
 * `side` count when it is given.
 */
function peaks(
  points: Points,
  width: number,
  bins: Float32Array,
  degrees: number,
  every: number,
  side?: 1 | -1,
): number {
  const { x, y, sides } = points;
  bins.fill(0);
  const fall = Math.tan((degrees * Math.PI) / 180);
  // All positions are positive and inside the bins.
  const offset = fall > 0 ? fall * width + 1 : 1;
  let used = 0;
  for (let index = 0; index < x.length; index += every) {
    if (side !== undefined && sides[index] !== side) continue;
    const position = (y[index] ?? 0) - (x[index] ?? 0) * fall + offset;
    const bin = position | 0;
    const rest = position - bin;
    bins[bin] = (bins[bin] ?? 0) + 1 - rest;
    bins[bin + 1] = (bins[bin + 1] ?? 0) + rest;
    used++;
  }
  let differences = 0;
  for (let bin = 1; bin < bins.length; bin++) {
    const difference = (bins[bin] ?? 0) - (bins[bin - 1] ?? 0);
    differences += difference * difference;
  }
  return used === 0 ? 0 : (differences * bins.length) / (used * used);
}
