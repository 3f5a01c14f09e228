// Salt and pepper: single pixels that differ from all their neighbours. Removed only from pages that are full of them, because
// the full stops of small print are not much larger.
import type { Raster } from "../raster.ts";

/** Grey levels by which a speckle differs from each of its eight neighbours. */
const leastDifference = 48;
/** Pages with more speckles than this share of their pixels are noisy: clean scans have under 0.01 %. */
const noisyShare = 0.001;
/** Noise lies everywhere: at least on this share of the page's parts, of which there are so many each way. Screens of dots do not. */
const widespread = 0.25;
const parts = 16;
/** Every how many-th row is looked at for the measure. */
const sampling = 5;

/** The same raster when it is clean; else a copy whose speckles have the mean of their neighbours. */
export function withoutSpeckles(raster: Raster): Raster {
  const { width, height, grey } = raster;
  if (!isNoisy(raster)) return raster;
  // A copy even of a Buffer, whose `slice` is none.
  const out = new Uint8Array(grey);
  for (let row = 1; row < height - 1; row++) {
    for (let at = row * width + 1, end = at + width - 2; at < end; at++) {
      if (isSpeckle(grey, at, width)) out[at] = meanAround(grey, at, width);
    }
  }
  return { width, height, grey: out };
}

function isNoisy({ width, height, grey }: Raster): boolean {
  const found = new Uint32Array(parts * parts);
  for (let row = 1; row < height - 1; row += sampling) {
    const part = Math.floor((row * parts) / height) * parts;
    for (let at = row * width + 1, end = at + width - 2; at < end; at++) {
      if (!isSpeckle(grey, at, width)) continue;
      const column = part + Math.floor(((at - row * width) * parts) / width);
      found[column] = (found[column] ?? 0) + 1;
    }
  }
  const seen = (width * height) / sampling;
  const enough = (seen / found.length) * (noisyShare / 2);
  const noisyParts = found.reduce((count, speckles) => count + (speckles > enough ? 1 : 0), 0);
  const all = found.reduce((sum, speckles) => sum + speckles, 0);
  return all > seen * noisyShare && noisyParts >= found.length * widespread;
}

function isSpeckle(grey: Uint8Array, at: number, width: number): boolean {
  const value = grey[at] ?? 0;
  const left = (grey[at - 1] ?? 0) - value;
  // Most pixels end here.
  if (left < leastDifference && left > -leastDifference) return false;
  const side = left > 0 ? 1 : -1;
  const differs = (other: number) => ((grey[other] ?? 0) - value) * side >= leastDifference;
  return (
    differs(at + 1) &&
    differs(at - width) &&
    differs(at + width) &&
    differs(at - width - 1) &&
    differs(at - width + 1) &&
    differs(at + width - 1) &&
    differs(at + width + 1)
  );
}

function meanAround(grey: Uint8Array, at: number, width: number): number {
  let sum = 0;
  for (const row of [at - width, at, at + width]) sum += (grey[row - 1] ?? 0) + (grey[row] ?? 0) + (grey[row + 1] ?? 0);
  return (sum - (grey[at] ?? 0)) / 8;
}
