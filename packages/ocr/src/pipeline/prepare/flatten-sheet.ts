// A photographed sheet made flat: perspective by a homography of its corners, bent paper by moving what lies between two bent sides
// along with them (S. A. Coons, 1967).
import type { Raster } from "../raster.ts";
import type { Sheet } from "./find-sheet.ts";
import type { Point } from "./quadrangle.ts";
import type { Straightened } from "./turn-raster.ts";

/** Places are computed exactly every so many px and interpolated between: off by less than a hundredth of a pixel. */
const grid = 16;
const paper = 255;
/** Most sheets are A4 or Letter: this is their long side at 300 dpi. Photos show them smaller; engines miss lines of small letters. */
const longSidePx = 3400;
const mostEnlarged = 2;
/** Distance of the picture's plane from the eye in longer sides of the picture: main cameras of phones have 0.7 to 0.8. */
const focalLength = 0.75;

/** The sheet as a raster of its own, as large as it appears or as scans are, with the way back to the raster. Bilinear. */
export function flattened(raster: Raster, sheet: Sheet): Straightened {
  const [a, b, c, d] = sheet.corners;
  const longest = Math.max(raster.width, raster.height);
  const middle: Point = [raster.width / 2, raster.height / 2];
  const ratio = ratioOf(squareToQuadrangle(sheet.corners), middle, longest * focalLength);
  // The way from the camera makes one side too short: it is the other that is taken as it appears.
  const seenHeight = Math.max(distance(a, d), distance(b, c), Math.max(distance(a, b), distance(d, c)) / ratio);
  const seenWidth = seenHeight * ratio;
  const scale = Math.min(mostEnlarged, Math.max(1, longSidePx / Math.max(seenWidth, seenHeight)));
  const width = Math.round(seenWidth * scale);
  const height = Math.round(seenHeight * scale);
  const place = placeOn(sheet);
  const back = (x: number, y: number) => place(x / width, y / height);
  const grey = new Uint8Array(width * height);
  const columns = Math.ceil(width / grid) + 1;
  const rowOf = (y: number) => Array.from({ length: columns }, (_, column) => back(column * grid + 0.5, y + 0.5));
  for (let top = 0, upper = rowOf(0); top < height; top += grid) {
    const lower = rowOf(top + grid);
    for (let row = top; row < Math.min(height, top + grid); row++) {
      const share = (row - top) / grid;
      const line = upper.map((point, index) => between(point, lower[index] ?? point, share));
      fillRow(grey.subarray(row * width, (row + 1) * width), raster, line);
    }
    upper = lower;
  }
  return { raster: { width, height, grey }, back };
}

/**
 * Width of the sheet in heights, as a camera of that focal length, px, which looks at `middle`, must have seen it (Z. Zhang, L. He,
 * 2007).
 */
function ratioOf({ x, y, depth }: Homography, middle: Point, focal: number): number {
  const length = (axis: 0 | 1) =>
    Math.hypot((x[axis] - middle[0] * depth[axis]) / focal, (y[axis] - middle[1] * depth[axis]) / focal, depth[axis]);
  return length(0) / length(1);
}

/** From a place on the sheet, 0–1 each way, to the place on the picture. */
function placeOn({ corners, bends }: Sheet): (u: number, v: number) => [number, number] {
  const homography = squareToQuadrangle(corners);
  const flat = (u: number, v: number) => mapped(homography, u, v);
  const [a, b, c, d] = corners;
  const side = (from: Point, to: Point, index: 0 | 1 | 2 | 3) => {
    const length = distance(from, to);
    const normal: Point = [(to[1] - from[1]) / length, (from[0] - to[0]) / length];
    return ([x, y]: Point): Point => {
      const along = ((x - from[0]) * (to[0] - from[0]) + (y - from[1]) * (to[1] - from[1])) / (length * length);
      const away = bends[index](along);
      return [normal[0] * away, normal[1] * away];
    };
  };
  const [top, right, bottom, left] = [side(a, b, 0), side(b, c, 1), side(c, d, 2), side(d, a, 3)];
  return (u, v) => {
    const [x, y] = flat(u, v);
    const moves = [
      [top(flat(u, 0)), 1 - v],
      [bottom(flat(u, 1)), v],
      [left(flat(0, v)), 1 - u],
      [right(flat(1, v)), u],
    ] as const;
    let [toX, toY] = [x, y];
    for (const [move, share] of moves) {
      toX += move[0] * share;
      toY += move[1] * share;
    }
    return [toX, toY];
  };
}

/** Coefficients of u, v and 1: place = (x / depth, y / depth). */
type Homography = { x: Triple; y: Triple; depth: Triple };
type Triple = readonly [number, number, number];

/** The projective map of the unit square onto four points (P. Heckbert, 1989). */
function squareToQuadrangle([a, b, c, d]: Sheet["corners"]): Homography {
  const [dx1, dy1] = [b[0] - c[0], b[1] - c[1]];
  const [dx2, dy2] = [d[0] - c[0], d[1] - c[1]];
  const [sx, sy] = [a[0] - b[0] + c[0] - d[0], a[1] - b[1] + c[1] - d[1]];
  const scale = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / scale;
  const h = (dx1 * sy - sx * dy1) / scale;
  return {
    x: [b[0] - a[0] + g * b[0], d[0] - a[0] + h * d[0], a[0]],
    y: [b[1] - a[1] + g * b[1], d[1] - a[1] + h * d[1], a[1]],
    depth: [g, h, 1],
  };
}

function mapped({ x, y, depth }: Homography, u: number, v: number): Point {
  const far = depth[0] * u + depth[1] * v + depth[2];
  return [(x[0] * u + x[1] * v + x[2]) / far, (y[0] * u + y[1] * v + y[2]) / far];
}

/** One row of the sheet; `line` holds the places of every `grid`-th of its pixels. */
function fillRow(out: Uint8Array, { width, height, grey }: Raster, line: readonly Point[]): void {
  for (let start = 0, index = 0; start < out.length; start += grid, index++) {
    const [x0, y0] = line[index] ?? [0, 0];
    const [x1, y1] = line[index + 1] ?? [x0, y0];
    for (let step = 0; step < grid && start + step < out.length; step++) {
      const x = x0 + ((x1 - x0) * step) / grid - 0.5;
      const y = y0 + ((y1 - y0) * step) / grid - 0.5;
      const column = Math.floor(x);
      const row = Math.floor(y);
      if (column < 0 || row < 0 || column >= width - 1 || row >= height - 1) {
        out[start + step] = paper;
        continue;
      }
      const at = row * width + column;
      const right = x - column;
      const upper = (grey[at] ?? paper) * (1 - right) + (grey[at + 1] ?? paper) * right;
      const lower = (grey[at + width] ?? paper) * (1 - right) + (grey[at + width + 1] ?? paper) * right;
      out[start + step] = upper + (lower - upper) * (y - row) + 0.5;
    }
  }
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}
