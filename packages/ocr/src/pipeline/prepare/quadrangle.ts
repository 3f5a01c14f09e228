// The four corners of a shape that is about a sheet of paper seen from any side.
import type { Region } from "./smooth-region.ts";

export type Point = readonly [x: number, y: number];

/** Corners of the hull that are looked at: more change the quadrangle by less than a pixel. */
const mostPoints = 36;

/** The largest quadrangle between points of the region's hull, clockwise, the corner nearest to the top left first. */
export function largestQuadrangle(region: Region): readonly [Point, Point, Point, Point] | undefined {
  const points = thinned(hull(rims(region)));
  const count = points.length;
  if (count < 4) return undefined;
  const at = (index: number): Point => points[index] ?? [0, 0];
  let best: { area: number; corners: [Point, Point, Point, Point] } | undefined;
  for (let first = 0; first < count; first++) {
    for (let third = first + 2; third < count; third++) {
      // The diagonal is fixed: the best corners on its two sides do not depend on each other.
      const second = farthest(points, first + 1, third, at(first), at(third));
      const fourth = farthest(points, third + 1, count + first, at(third), at(first));
      if (second === undefined || fourth === undefined) continue;
      const area = second.area + fourth.area;
      if (area > (best?.area ?? 0)) best = { area, corners: [at(first), second.point, at(third), fourth.point] };
    }
  }
  return best === undefined ? undefined : fromTopLeft(best.corners);
}

/** The point from `from` up to before `to` that spans the largest triangle over a diagonal. */
function farthest(points: readonly Point[], from: number, to: number, a: Point, b: Point) {
  let best: { area: number; point: Point } | undefined;
  for (let index = from; index < to; index++) {
    const point = points[index % points.length] ?? a;
    const area = Math.abs(cross(a, b, point)) / 2;
    if (area > (best?.area ?? -1)) best = { area, point };
  }
  return best;
}

function fromTopLeft(corners: [Point, Point, Point, Point]): readonly [Point, Point, Point, Point] {
  const sums = corners.map(([x, y]) => x + y);
  const start = sums.indexOf(Math.min(...sums));
  const [a, b, c, d] = [...corners.slice(start), ...corners.slice(0, start)];
  return [a ?? corners[0], b ?? corners[1], c ?? corners[2], d ?? corners[3]];
}

/** The ends of each row of the region. Pixels are taken with their whole width. */
function rims({ width, height, inside }: Region): Point[] {
  const points: Point[] = [];
  for (let y = 0; y < height; y++) {
    const row = inside.subarray(y * width, (y + 1) * width);
    const left = row.indexOf(1);
    if (left < 0) continue;
    const right = row.lastIndexOf(1) + 1;
    points.push([left, y], [right, y], [left, y + 1], [right, y + 1]);
  }
  return points;
}

/** The convex hull, clockwise on the screen (A. M. Andrew's monotone chain, 1979). */
function hull(points: Point[]): Point[] {
  const sorted = points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (ordered: readonly Point[]) => {
    const kept: Point[] = [];
    for (const point of ordered) {
      while (kept.length > 1 && cross(kept.at(-2) ?? point, kept.at(-1) ?? point, point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

/** Points whose loss changes the hull least are dropped until few are left. */
function thinned(points: Point[]): Point[] {
  const kept = [...points];
  while (kept.length > mostPoints) {
    let least = { area: Number.POSITIVE_INFINITY, index: 0 };
    for (const [index, point] of kept.entries()) {
      const before = kept.at(index - 1) ?? point;
      const after = kept[(index + 1) % kept.length] ?? point;
      const area = Math.abs(cross(before, after, point));
      if (area < least.area) least = { area, index };
    }
    kept.splice(least.index, 1);
  }
  return kept;
}

function cross(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
