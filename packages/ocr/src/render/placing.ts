// Where things stand on a PDF page: turning and mirroring as transformations of the unit square, and pixels to user space.
import type { Rotation } from "@legible/shared/document";
import type { Matrix } from "./text-layer.ts";

/** A rectangle in user space, pt: x0 y0 x1 y1 with y pointing up. */
export type UserBox = readonly [number, number, number, number];

/** First `first`, then `second`. */
export function followedBy(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [A, B, C, D, E, F] = second;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

/** The unit square turned clockwise onto itself. */
export function turned(degrees: Rotation): Matrix {
  if (degrees === 90) return [0, -1, 1, 0, 0, 1];
  if (degrees === 180) return [-1, 0, 0, -1, 1, 1];
  if (degrees === 270) return [0, 1, -1, 0, 1, 0];
  return [1, 0, 0, 1, 0, 0];
}

const mirrored: Matrix = [-1, 0, 0, 1, 1, 0];

/** What an EXIF orientation (1–8) asks of the stored picture, as a transformation of the unit square. */
export function exifPlacing(orientation: number): Matrix {
  const turns: Record<number, Rotation> = { 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270 };
  const turn = turned(turns[orientation] ?? 0);
  return [2, 4, 5, 7].includes(orientation) ? followedBy(mirrored, turn) : turn;
}

/**
 * From pixels of the page as it is shown (y pointing up, `width` × `height`) to user space, on a page whose visible box is
 * `box` and which is shown turned clockwise by `degrees`.
 */
export function pixelsToUserSpace(width: number, height: number, box: UserBox, degrees: Rotation): Matrix {
  const unit: Matrix = [1 / width, 0, 0, 1 / height, 0, 0];
  // Turning back is turning on by the rest of the circle.
  const back = turned(((360 - degrees) % 360) as Rotation);
  const [x0, y0, x1, y1] = box;
  return followedBy(followedBy(unit, back), [x1 - x0, 0, 0, y1 - y0, x0, y0]);
}

/** Any multiple of 90 degrees as 0–270; what is none counts as 0, as readers do. */
export function toRotation(degrees: number): Rotation {
  const turn = ((degrees % 360) + 360) % 360;
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0;
}
