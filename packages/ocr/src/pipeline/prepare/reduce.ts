// A small copy of a page, on which its large shapes are looked for.
import type { Raster } from "../raster.ts";

/** The mean of each square of `factor` × `factor` pixels; what is left over at the right and the bottom is dropped. */
export function reduced({ width, height, grey }: Raster, factor: number): Raster {
  if (factor === 1) return { width, height, grey };
  const small = { width: Math.max(1, Math.floor(width / factor)), height: Math.max(1, Math.floor(height / factor)) };
  const out = new Uint8Array(small.width * small.height);
  const sums = new Uint32Array(small.width);
  const share = 1 / (factor * factor);
  for (let row = 0; row < small.height; row++) {
    sums.fill(0);
    for (let inner = 0; inner < factor; inner++) {
      let at = (row * factor + inner) * width;
      for (let column = 0; column < small.width; column++) {
        let sum = 0;
        for (const end = at + factor; at < end; at++) sum += grey[at] ?? 255;
        sums[column] = (sums[column] ?? 0) + sum;
      }
    }
    for (let column = 0; column < small.width; column++) out[row * small.width + column] = (sums[column] ?? 0) * share;
  }
  return { ...small, grey: out };
}
