// Turning a raster: by quarters, which moves pixels, and by small angles, which mixes them.
import type { Rotation } from "@legible/shared/document";
import type { Raster } from "../raster.ts";

/** Squares of this side stay in the processor's cache while they are turned, px. */
const tile = 64;

/** The raster turned clockwise; itself for 0. */
export function quarterTurned(raster: Raster, degrees: Rotation): Raster {
  const { width, height, grey } = raster;
  if (degrees === 0) return raster;
  if (degrees === 180) return { width, height, grey: new Uint8Array(grey).reverse() };
  const out = new Uint8Array(grey.length);
  // Where pixel (0, 0) goes, and how far a step to the right and a step down move on in the turned raster.
  const start = degrees === 90 ? height - 1 : (width - 1) * height;
  const right = degrees === 90 ? height : -height;
  const down = degrees === 90 ? -1 : 1;
  for (let top = 0; top < height; top += tile) {
    for (let left = 0; left < width; left += tile) {
      const bottom = Math.min(height, top + tile);
      const end = Math.min(width, left + tile);
      for (let row = top; row < bottom; row++) {
        let to = start + left * right + row * down;
        for (let at = row * width + left, last = row * width + end; at < last; at++, to += right) {
          out[to] = grey[at] ?? 255;
        }
      }
    }
  }
  return { width: height, height: width, grey: out };
}

/** A raster turned by a small angle, with the way back. */
export type Straightened = {
  raster: Raster;
  /** From a place on `raster` to the place on the raster it was made from, px. */
  back(x: number, y: number): [number, number];
};

const paper = 255;

/** The raster turned clockwise by any angle about its middle, large enough that nothing is cut; corners are white. Bilinear. */
export function turnedBy(raster: Raster, degrees: number): Straightened {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const width = Math.ceil(raster.width * Math.abs(cos) + raster.height * Math.abs(sin));
  const height = Math.ceil(raster.width * Math.abs(sin) + raster.height * Math.abs(cos));
  const back = (x: number, y: number): [number, number] => {
    const dx = x - width / 2;
    const dy = y - height / 2;
    return [dx * cos + dy * sin + raster.width / 2, dy * cos - dx * sin + raster.height / 2];
  };
  const grey = new Uint8Array(width * height).fill(paper);
  for (let row = 0; row < height; row++) {
    // Pixels are read at their middle.
    const [startX, startY] = back(0.5, row + 0.5);
    fillRow(grey, row * width, width, raster, { x: startX - 0.5, y: startY - 0.5, stepX: cos, stepY: -sin });
  }
  return { raster: { width, height, grey }, back };
}

type Path = { x: number; y: number; stepX: number; stepY: number };

/** One row of the turned raster: where its pixels lie on the given one is a straight path. */
function fillRow(out: Uint8Array, from: number, length: number, { width, height, grey }: Raster, path: Path): void {
  // The part of the path that lies inside, so that no pixel needs a check.
  let first = 0;
  let last = length - 1;
  for (const [start, step, size] of [
    [path.x, path.stepX, width],
    [path.y, path.stepY, height],
  ] as const) {
    const limit = size - 1.001;
    if (Math.abs(step) < 1e-9) {
      if (start < 0 || start > limit) return;
      continue;
    }
    const enter = (step > 0 ? -start : limit - start) / step;
    const leave = (step > 0 ? limit - start : -start) / step;
    first = Math.max(first, Math.ceil(enter));
    last = Math.min(last, Math.floor(leave));
  }
  for (let index = first; index <= last; index++) {
    const x = path.x + index * path.stepX;
    const y = path.y + index * path.stepY;
    const column = x | 0;
    const row = y | 0;
    const at = row * width + column;
    const right = x - column;
    const down = y - row;
    const upper = (grey[at] ?? paper) * (1 - right) + (grey[at + 1] ?? paper) * right;
    const lower = (grey[at + width] ?? paper) * (1 - right) + (grey[at + width + 1] ?? paper) * right;
    out[from + index] = upper + (lower - upper) * down + 0.5;
  }
}
