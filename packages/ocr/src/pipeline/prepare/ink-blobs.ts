// Connected pieces of ink, found row by row: letters, their dots, rules, specks.
import { greyCounts, quantile, type Raster } from "../raster.ts";

export type InkBlobs = {
  /** Horizontal runs of ink: row, first column, column after the last, and the blob it belongs to. */
  runs: { row: Int32Array; from: Int32Array; to: Int32Array; blob: Int32Array; count: number };
  /** Boxes of the blobs, px: left, top, right, bottom (the last two beyond). A blob of no runs was joined to another one. */
  left: Int32Array;
  top: Int32Array;
  right: Int32Array;
  bottom: Int32Array;
  count: number;
};

/** Ink is darker than what lies `share` of the way from the darkest to the lightest hundredth of the page: faint print has more. */
export function inkLevel(grey: Uint8Array, share = 0.5): number {
  const counts = greyCounts(grey);
  // One pixel more than the rank: a page with just a hundredth of ink has its ink as the darkest.
  const beyond = (rank: number) => quantile(counts, Math.floor(rank) + 1);
  const dark = beyond(grey.length / 100);
  return dark + (beyond(grey.length * 0.99) - dark) * share;
}

/** Ink is darker than `ink`. Undefined when the page has more than `mostRuns` runs of it: a picture or a texture. */
export function findInkBlobs(
  { width, height, grey }: Raster,
  mostRuns: number,
  ink = inkLevel(grey),
): InkBlobs | undefined {
  const make = () => new Int32Array(mostRuns + 1);
  const runs = { row: make(), from: make(), to: make(), blob: make(), count: 0 };
  const parents = make();
  let above = 0;
  for (let row = 0; row < height; row++) {
    const first = runs.count;
    const line = grey.subarray(row * width, (row + 1) * width);
    if (!addRuns(runs, parents, row, line, ink, mostRuns)) return undefined;
    joinRows(runs, parents, above, first);
    above = first;
  }
  return boxed(runs, parents);
}

type Runs = InkBlobs["runs"];

/** Adds the runs of one row; false when there would be more than `most` of them. */
function addRuns(runs: Runs, parents: Int32Array, row: number, line: Uint8Array, ink: number, most: number): boolean {
  for (let x = 0; x < line.length; x++) {
    if ((line[x] ?? 255) >= ink) continue;
    if (runs.count === most) return false;
    const index = runs.count++;
    runs.row[index] = row;
    runs.from[index] = x;
    while (x < line.length && (line[x] ?? 255) < ink) x++;
    runs.to[index] = x;
    parents[index] = index;
  }
  return true;
}

/** Joins the runs of one row, from `first` on, to those of the row above that they touch, corners included. */
function joinRows({ row, from, to, count }: Runs, parents: Int32Array, above: number, first: number): void {
  let upper = above;
  for (let index = first; index < count; index++) {
    const [left, right] = [from[index] ?? 0, to[index] ?? 0];
    while (upper < first && (to[upper] ?? 0) < left) upper++;
    for (let other = upper; other < first && (from[other] ?? 0) <= right; other++) {
      if ((row[other] ?? 0) + 1 === row[index]) parents[rootOf(parents, index)] = rootOf(parents, other);
    }
  }
}

function rootOf(parents: Int32Array, index: number): number {
  let root = index;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root] ?? 0] ?? 0;
    root = parents[root] ?? 0;
  }
  return root;
}

function boxed(runs: Runs, parents: Int32Array): InkBlobs {
  const make = (value: number) => new Int32Array(runs.count).fill(value);
  const [left, top, right, bottom] = [make(2 ** 30), make(2 ** 30), make(0), make(0)];
  for (let index = 0; index < runs.count; index++) {
    const blob = rootOf(parents, index);
    runs.blob[index] = blob;
    const row = runs.row[index] ?? 0;
    left[blob] = Math.min(left[blob] ?? 0, runs.from[index] ?? 0);
    right[blob] = Math.max(right[blob] ?? 0, runs.to[index] ?? 0);
    top[blob] = Math.min(top[blob] ?? 0, row);
    bottom[blob] = Math.max(bottom[blob] ?? 0, row + 1);
  }
  return { runs, left, top, right, bottom, count: runs.count };
}
