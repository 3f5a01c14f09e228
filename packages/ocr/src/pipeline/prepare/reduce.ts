// A small copy of a page, on which its large shapes are looked for.
import { oncePer } from "../once-per.ts";
import type { Raster } from "../raster.ts";

/** Longest side of the copy on which sheets and dark areas are looked for, px: a line of small print on A4 is five of its pixels high. */
export const smallSide = 480;

/** The raster on which sheets and dark areas are looked for, and how many of its pixels one of the copy stands for. */
export const smallCopy = oncePer((raster: Raster): { small: Raster; factor: number } => {
  const factor = factorTo(raster, smallSide);
  return { small: reduced(raster, factor), factor };
});

/** By how much the raster is to be reduced so that no side is longer than `longestSide` px. */
export function factorTo({ width, height }: Raster, longestSide: number): number {
  return Math.max(1, Math.ceil(Math.max(width, height) / longestSide));
}

/** The mean of each square of `factor` × `factor` pixels; what is left over at the right and the bottom is dropped. */
export function reduced({ width, height, grey }: Raster, factor: number): Raster {
  if (factor === 1) return { width, height, grey };
  const small = { width: Math.max(1, Math.floor(width / factor)), height: Math.max(1, Math.floor(height / factor)) };
  const out = new Uint8Array(small.width * small.height);
  const sums = new Uint32Array(small.width);
  const share = 1 / (factor * factor);
  for (let row = 0; row < small.height; row++) {
    sums.fill(0);
    for (let inner = 0; inner < factor; inner++) addRow(sums, grey, (row * factor + inner) * width, factor);
    for (let column = 0; column < small.width; column++) out[row * small.width + column] = (sums[column] ?? 0) * share;
  }
  return { ...small, grey: out };
}

/** Adds `factor` neighbours each of a row that starts at `at`. A function of its own, because V8 optimises what is called often. */
function addRow(sums: Uint32Array, grey: Uint8Array, start: number, factor: number): void {
  let at = start;
  for (let column = 0; column < sums.length; column++) {
    let sum = 0;
    for (const end = at + factor; at < end; at++) sum += grey[at] ?? 255;
    sums[column] = (sums[column] ?? 0) + sum;
  }
}
