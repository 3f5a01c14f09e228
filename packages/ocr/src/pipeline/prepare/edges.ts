// Where ink ends on a page, on a reduced picture: the points from which the direction and the slant of its lines are measured.
import { greyCounts, type Raster } from "../raster.ts";
import { factorTo, reduced } from "./reduce.ts";

/** Longest side of the reduced picture, px: letters of 8 pt on A4 are still 6 px high, and a tenth of a degree moves a line by 1–2. */
const longestSide = 1200;
/** A step between neighbours of this share of the page's range of grey is an edge; less is paper, noise or a picture. */
const edgeShare = 0.25;
/** Enough points to find the lines of any page; more cost time. */
const mostPoints = 60_000;

/** Longer unbroken edges are no letters, px of the reduced picture: an inch on A4. */
const longestLetter = 100;

type Size = { width: number; height: number };

/** Coordinates of edges, px of the reduced picture. `sides`: 1 where ink ends towards the bottom or the right, -1 where it begins. */
export type Points = { x: Float32Array; y: Float32Array; sides: Int8Array };

export type Edges = {
  /** Size of the reduced picture, and how many pixels of the raster one of its pixels stands for. */
  width: number;
  height: number;
  factor: number;
  /** Upper and lower ends of ink: they pile up along lines of text that run across the page. */
  across: Points;
  /** Left and right ends of ink: they pile up along lines that run down the page. */
  down: Points;
  /** Both kinds of ends of what is too long to be a letter. */
  rules: Points[];
};

export function findEdges(raster: Raster): Edges {
  const factor = factorTo(raster, longestSide);
  const small = reduced(raster, factor);
  const step = Math.max(8, greyRange(small.grey) * edgeShare);
  const { width, height, grey } = small;
  const across = steps(grey, small, width, 1, step);
  const down = steps(grey, small, 1, width, step);
  return { width, height, factor, across: across.letters, down: down.letters, rules: [across.rules, down.rules] };
}

/** Grey levels between the darkest and the lightest hundredth of the picture. */
function greyRange(grey: Uint8Array): number {
  const counts = greyCounts(grey);
  const tail = grey.length / 100;
  let dark = 0;
  for (let seen = counts[0] ?? 0; dark < 255 && seen < tail; seen += counts[dark] ?? 0) dark++;
  let light = 255;
  for (let seen = counts[255] ?? 0; light > dark && seen < tail; seen += counts[light] ?? 0) light--;
  return light - dark;
}

/**
 * Pixels that differ by `least` or more from the one `offset` further on, evenly thinned out when there are too many. Those in long
 * unbroken edges (rules, frames, the rim of a sheet on a table) are kept apart: `along` is the way to the next pixel of such an edge.
 */
function steps(grey: Uint8Array, size: Size, offset: number, along: number, least: number) {
  const { width, height } = size;
  const runs = new Int32Array(grey.length);
  // For each run the one it was joined to (itself when it was not), and how many pixels joined it. Run 0 is none.
  const parents = new Int32Array(grey.length + 1);
  const lengths = new Int32Array(grey.length + 1);
  const rootOf = (run: number) => {
    let root = run;
    while (parents[root] !== root) {
      // Halving the way keeps it short, on noise too.
      parents[root] = parents[parents[root] ?? 0] ?? 0;
      root = parents[root] ?? 0;
    }
    return root;
  };
  let count = 0;
  const end = grey.length - width - 1;
  let found = 0;
  for (let at = width; at < end; at++) {
    if (Math.abs((grey[at] ?? 0) - (grey[at + offset] ?? 0)) < least) continue;
    found++;
    let run = 0;
    // An edge that is a little askew goes on in a neighbouring row or column.
    for (const neighbour of [at - along, at - width - 1, at - width + 1]) {
      if (runs[neighbour] === 0) continue;
      const root = rootOf(runs[neighbour] ?? 0);
      if (run !== 0 && run !== root) {
        parents[root] = run;
        lengths[run] = (lengths[run] ?? 0) + (lengths[root] ?? 0);
      } else run = root;
    }
    if (run === 0) {
      run = ++count;
      parents[run] = run;
    }
    runs[at] = run;
    lengths[run] = (lengths[run] ?? 0) + 1;
  }
  const every = Math.max(1, Math.ceil(found / mostPoints));
  const isLong = (at: number) => (lengths[rootOf(runs[at] ?? 0)] ?? 0) > longestLetter;
  const sideAt = (at: number) => ((grey[at] ?? 0) < (grey[at + offset] ?? 0) ? 1 : -1);
  const letters = newPoints(found / every + 1);
  const rules = newPoints(found / every + 1);
  let next = 0;
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      if (runs[at] === 0 || next++ % every !== 0) continue;
      const points = isLong(at) ? rules : letters;
      points.x[points.kept] = column;
      points.y[points.kept] = row;
      points.sides[points.kept++] = sideAt(at);
    }
  }
  return { letters: trimmed(letters), rules: trimmed(rules) };
}

function newPoints(size: number) {
  const length = Math.ceil(size);
  return { x: new Float32Array(length), y: new Float32Array(length), sides: new Int8Array(length), kept: 0 };
}

function trimmed({ x, y, sides, kept }: Points & { kept: number }): Points {
  return { x: x.subarray(0, kept), y: y.subarray(0, kept), sides: sides.subarray(0, kept) };
}
