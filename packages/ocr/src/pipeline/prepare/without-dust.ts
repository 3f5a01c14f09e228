// Specks of dust, copiers and fax lines: pieces of ink as small as a full stop that stand by themselves. Only on pages that are full of
// them; the dots of clean pages are bullets and leaders.
import type { Raster } from "../raster.ts";
import { textHeight } from "../text-height.ts";
import { findInkBlobs, type InkBlobs } from "./ink-blobs.ts";

/** Largest side of a speck in heights of the page's letters: a full stop has 0.15, a bullet 0.3. */
const largestSpeck = 0.24;
/** A dot that belongs to letters is nearer to them than this, in the same measure: full stops and the dots of i stand at 0.1 to 0.25. */
const nearLetters = 0.4;
/**
 * Of letters below this height, px, single strokes and decimal points are as small as specks, and stand as far from the others: newsprint
 * of 9 px lost strokes of its characters.
 */
const smallestLetters = 12;
/** A page has this many specks at least: a list may have thirty bullets. */
const fewestSpecks = 100;
/** Leaders: so many specks of one row, one at most so many heights after the other. */
const leaders = 3;
const leaderGap = 1;
/** Clean pages are told from so many rows of every so many. */
const band = 64;
const period = 256;
/** Full pages of small print have 400,000 runs of ink at 300 dpi; more are pictures. */
const mostRuns = 1_200_000;

/** The same raster when it is clean; else a copy without specks. */
export function withoutDust(raster: Raster): Raster {
  const height = textHeight(raster)?.middle;
  if (height === undefined || height < smallestLetters) return raster;
  const sample = specksOf(bandsOf(raster), height);
  if (sample === undefined || sample.specks.length < (fewestSpecks * band) / period) return raster;
  const found = specksOf(raster, height);
  if (found === undefined || found.specks.length < fewestSpecks) return raster;
  return erased(raster, found.blobs, new Set(found.specks));
}

/** A quarter of the page, in bands from top to bottom. */
function bandsOf({ width, height, grey }: Raster): Raster {
  const count = Math.floor(height / period);
  const bands = new Uint8Array(width * band * count);
  for (let index = 0; index < count; index++) {
    const start = index * period * width;
    bands.set(grey.subarray(start, start + band * width), index * band * width);
  }
  return { width, height: band * count, grey: bands };
}

function specksOf(raster: Raster, height: number): { specks: number[]; blobs: InkBlobs } | undefined {
  const blobs = findInkBlobs(raster, mostRuns);
  if (blobs === undefined) return undefined;
  return { specks: withoutLeaders(lonely(blobs, raster, height), blobs, height), blobs };
}

/** Small blobs that no larger one is near to. */
function lonely(blobs: InkBlobs, { width, height }: Raster, letters: number): number[] {
  const side = Math.max(2, Math.round(letters * largestSpeck));
  const reach = Math.round(letters * nearLetters);
  const cell = Math.max(2, Math.round(reach / 3));
  const columns = Math.ceil(width / cell);
  const taken = new Uint8Array(columns * Math.ceil(height / cell));
  const isSmall = (blob: number) =>
    (blobs.right[blob] ?? 0) - (blobs.left[blob] ?? 0) <= side &&
    (blobs.bottom[blob] ?? 0) - (blobs.top[blob] ?? 0) <= side;
  const { runs } = blobs;
  for (let index = 0; index < runs.count; index++) {
    if (isSmall(runs.blob[index] ?? 0)) continue;
    const row = Math.floor((runs.row[index] ?? 0) / cell) * columns;
    const last = Math.floor(((runs.to[index] ?? 1) - 1) / cell);
    for (let column = Math.floor((runs.from[index] ?? 0) / cell); column <= last; column++) taken[row + column] = 1;
  }
  const isFree = (blob: number) => {
    const bottom = Math.min(height - 1, (blobs.bottom[blob] ?? 0) + reach);
    const right = Math.min(width - 1, (blobs.right[blob] ?? 0) + reach);
    for (let y = Math.max(0, (blobs.top[blob] ?? 0) - reach); y <= bottom; y += cell) {
      for (let x = Math.max(0, (blobs.left[blob] ?? 0) - reach); x <= right; x += cell)
        if (taken[Math.floor(y / cell) * columns + Math.floor(x / cell)] === 1) return false;
    }
    return true;
  };
  const found: number[] = [];
  for (let blob = 0; blob < blobs.count; blob++) {
    if (blobs.right[blob] !== 0 && isSmall(blob) && isFree(blob)) found.push(blob);
  }
  return found;
}

/** `specks` without those that follow each other in a row, as the dots between an entry and its page do. */
function withoutLeaders(specks: readonly number[], blobs: InkBlobs, height: number): number[] {
  const rowOf = (blob: number) => blobs.bottom[blob] ?? 0;
  const sorted = specks.toSorted((a, b) => rowOf(a) - rowOf(b));
  return sorted.filter((speck, index) => {
    const x = blobs.left[speck] ?? 0;
    let near = 0;
    for (const step of [-1, 1]) {
      for (let other = index + step; ; other += step) {
        const blob = sorted[other];
        if (blob === undefined || Math.abs(rowOf(blob) - rowOf(speck)) > 1) break;
        if (Math.abs((blobs.left[blob] ?? 0) - x) <= height * leaderGap) near++;
      }
    }
    return near < leaders - 1;
  });
}

/** Specks, and the soft edge of a pixel around them, take the brightest grey beside them. */
function erased({ width, height, grey }: Raster, { runs }: InkBlobs, specks: ReadonlySet<number>): Raster {
  const out = Uint8Array.from(grey);
  for (let index = 0; index < runs.count; index++) {
    if (!specks.has(runs.blob[index] ?? 0)) continue;
    const [row, from, to] = [runs.row[index] ?? 0, runs.from[index] ?? 0, runs.to[index] ?? 0];
    const start = row * width;
    const beside = (x: number) => (x < 0 || x >= width ? 0 : (grey[start + x] ?? 0));
    const paper = Math.max(beside(from - 3), beside(to + 2));
    for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++)
      out.fill(paper, y * width + Math.max(0, from - 1), y * width + Math.min(width, to + 1));
  }
  return { width, height, grey: out };
}
