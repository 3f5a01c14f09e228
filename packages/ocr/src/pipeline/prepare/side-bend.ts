// How far the side of a sheet bows out from the straight line between its corners.

import type { Point } from "./quadrangle.ts";
import type { Region } from "./smooth-region.ts";

/** Distance of the side from the line, px, outwards positive; `along` from 0 at the first corner to 1 at the next. */
export type Bend = (along: number) => number;

/** Places at which a side is looked for, and how far from the line, as a share of its length. */
const places = 48;
const farthest = 0.15;
/** Fingers, clips and flowers hide parts of a side: what lies this many times as far off as usual is left out. */
const outlier = 2.5;

/** A cubic through both corners, fitted to the outer rim of `region` between them. */
export function sideBend(region: Region, from: Point, to: Point): Bend {
  let seen = rimAlong(region, from, to);
  let curve = fitted(seen);
  for (let round = 0; round < 2; round++) {
    const misses = seen.map(({ along, away }) => Math.abs(away - curve(along)));
    const usual = misses.toSorted((a, b) => a - b)[misses.length >> 1] ?? 0;
    seen = seen.filter((_, index) => (misses[index] ?? 0) <= Math.max(1, usual * outlier));
    curve = fitted(seen);
  }
  return curve;
}

type Place = { along: number; away: number };

/** Where the region begins when the side is approached from outside. */
function rimAlong({ width, height, inside }: Region, from: Point, to: Point): Place[] {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  // Clockwise on the screen, outside is to the left of the way.
  const normal: Point = [(to[1] - from[1]) / length, (from[0] - to[0]) / length];
  const reach = length * farthest;
  const seen: Place[] = [];
  for (let place = 1; place < places; place++) {
    const along = place / places;
    for (let away = reach; away > -reach; away -= 0.5) {
      const x = Math.floor(from[0] + (to[0] - from[0]) * along + normal[0] * away);
      const y = Math.floor(from[1] + (to[1] - from[1]) * along + normal[1] * away);
      if (x < 0 || y < 0 || x >= width || y >= height || inside[y * width + x] !== 1) continue;
      seen.push({ along, away });
      break;
    }
  }
  return seen;
}

/** Least squares for a·t(1−t) + b·t(1−t)(1−2t). */
function fitted(seen: readonly Place[]): Bend {
  let [aa, ab, bb, ay, by] = [0, 0, 0, 0, 0];
  for (const { along, away } of seen) {
    const a = along * (1 - along);
    const b = a * (1 - 2 * along);
    aa += a * a;
    ab += a * b;
    bb += b * b;
    ay += a * away;
    by += b * away;
  }
  const scale = aa * bb - ab * ab;
  if (scale < 1e-9) return () => 0;
  const [bow, lean] = [(ay * bb - by * ab) / scale, (by * aa - ay * ab) / scale];
  return (along) => along * (1 - along) * (bow + lean * (1 - 2 * along));
}
