// A sheet of paper photographed on something darker: where its corners are and how its sides bend. Everything is looked for on a small
// copy of the picture. A page that fills its picture, and one that is not clearly a sheet, is none.
import type { Raster } from "../raster.ts";
import { largestQuadrangle, type Point } from "./quadrangle.ts";
import { smallCopy, smallSide } from "./reduce.ts";
import { type Bend, sideBend } from "./side-bend.ts";
import { type Region, smoothRegions, withoutPrint } from "./smooth-region.ts";

/** Print and thin pictures up to twice this wide are closed, px of the small copy: lines of body text on a sheet that fills it. */
const printRadius = 3;
/** Levels within which neighbours on paper lie. Shadows and folds want more, a ground that is nearly as bright as the paper less. */
const paperSteps = [4, 8, 14];
/** The rim of the picture, as a share of its sides, shows the ground when it is darker than the paper by so many levels. */
const rimShare = 0.02;
const darkerRim = 24;
/** A sheet covers at least this share of the picture; what covers more than the second figure has nothing to cut off. */
const areaBounds = [0.2, 0.96] as const;
/** Shape and quadrangle with bent sides agree in this share of what they cover together. Sheets with bent corners come to 0.93. */
const leastMatch = 0.92;
/** Sides that lie this close to those of the picture, as a share of its size, are those of a panel on a flat page ... */
const parallel = 0.006;
/** ... unless it covers this much of it: then it is a page with a dark border. */
const borderedArea = 0.6;
/** The sheet is brighter than its ground by so much along each side. */
const brighterInside = 12;
/** At most this share of a sheet's outline may lie beyond the picture: a corner that was cut off, not a side. */
const mostBeyond = 0.15;

/** Places along a side that are looked at. */
const sideSteps = 16;

export type Sheet = {
  /** Clockwise from the top left, px of the raster. */
  corners: readonly [Point, Point, Point, Point];
  /** How each side from one corner to the next bends, in the order of the corners. */
  bends: readonly [Bend, Bend, Bend, Bend];
};

/** The sheet that a photo shows; undefined when there is none to be sure of. */
export function findSheet(raster: Raster): Sheet | undefined {
  const { small, factor } = smallCopy(raster);
  if (Math.min(small.width, small.height) < smallSide / 8) return undefined;
  // Not slice: that of a Buffer is the picture itself.
  const levels = Uint8Array.from(small.grey).sort();
  const paper = levels[Math.floor(levels.length * 0.8)] ?? 255;
  const ground = rimLevel(small);
  if (ground > paper - darkerRim) return undefined;
  const plain = withoutPrint(small, printRadius);
  let best: { sheet: Sheet; match: number } | undefined;
  for (const region of paperSteps.flatMap((step) => smoothRegions(plain, step))) {
    const found = sheetOf(region, plain);
    if (found !== undefined && found.match > (best?.match ?? leastMatch)) best = found;
  }
  return best === undefined ? undefined : enlarged(best.sheet, factor);
}

/** Brightness that half of the picture's rim does not exceed. */
function rimLevel({ width, height, grey }: Raster): number {
  const depth = Math.max(1, Math.round(Math.min(width, height) * rimShare));
  const rim = grey.filter((_, at) => {
    const x = at % width;
    const y = (at - x) / width;
    return x < depth || y < depth || x >= width - depth || y >= height - depth;
  });
  return rim.sort()[rim.length >> 1] ?? 255;
}

function sheetOf(region: Region, small: Raster): { sheet: Sheet; match: number } | undefined {
  const share = region.area / region.inside.length;
  if (share < areaBounds[0] || share > areaBounds[1]) return undefined;
  const corners = largestQuadrangle(region);
  if (corners === undefined) return undefined;
  const [a, b, c, d] = corners;
  const sheet: Sheet = {
    corners,
    bends: [sideBend(region, a, b), sideBend(region, b, c), sideBend(region, c, d), sideBend(region, d, a)],
  };
  if (share < borderedArea && isParallel(corners, region)) return undefined;
  if (!isBrighter(small, sheet)) return undefined;
  return { sheet, match: match(region, sheet) };
}

/** Whether all four sides run along those of the picture. */
function isParallel([a, b, c, d]: Sheet["corners"], { width, height }: Region): boolean {
  const across = Math.max(Math.abs(a[1] - b[1]), Math.abs(d[1] - c[1])) / height;
  const down = Math.max(Math.abs(a[0] - d[0]), Math.abs(b[0] - c[0])) / width;
  return across < parallel && down < parallel;
}

/** Points of the outline, clockwise: along each side, bend included, moved outwards by `out` px. */
function outline({ corners, bends }: Sheet, out: number): Point[] {
  const points: Point[] = [];
  for (const [index, from] of corners.entries()) {
    const to = corners[(index + 1) % 4] ?? from;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const normal: Point = [(to[1] - from[1]) / length, (from[0] - to[0]) / length];
    for (let step = 0; step < sideSteps; step++) {
      const away = (bends[index]?.(step / sideSteps) ?? 0) + out;
      const along = step / sideSteps;
      points.push([
        from[0] + (to[0] - from[0]) * along + normal[0] * away,
        from[1] + (to[1] - from[1]) * along + normal[1] * away,
      ]);
    }
  }
  return points;
}

/** Whether each side has brighter pixels inside than outside, in the middle of what is seen of it; and nearly all of it is seen. */
function isBrighter({ width, height, grey }: Raster, sheet: Sheet): boolean {
  const reach = printRadius + 2;
  const inner = outline(sheet, -reach);
  const outer = outline(sheet, reach);
  const level = ([x, y]: Point) => {
    const [column, row] = [Math.round(x), Math.round(y)];
    return column < 0 || row < 0 || column >= width || row >= height ? undefined : grey[row * width + column];
  };
  const steps: number[][] = [[], [], [], []];
  for (const [index, point] of outer.entries()) {
    const [inside, outside] = [level(inner[index] ?? point), level(point)];
    if (inside !== undefined && outside !== undefined) steps[Math.floor(index / sideSteps)]?.push(inside - outside);
  }
  const seen = steps.reduce((sum, side) => sum + side.length, 0);
  if (seen < outer.length * (1 - mostBeyond)) return false;
  return steps.every((side) => (side.sort((a, b) => a - b)[side.length >> 1] ?? 0) >= brighterInside);
}

/** What region and sheet have in common, as a share of what they cover together: rows of the outline against rows of the region. */
function match(region: Region, sheet: Sheet): number {
  const points = outline(sheet, 0);
  let common = 0;
  let covered = 0;
  for (let row = 0; row < region.height; row++) {
    const y = row + 0.5;
    const crossings: number[] = [];
    for (const [index, [x0, y0]] of points.entries()) {
      const [x1, y1] = points[(index + 1) % points.length] ?? [x0, y0];
      if (y0 > y !== y1 > y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    }
    crossings.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.round(crossings[pair] ?? 0));
      const to = Math.min(region.width, Math.round(crossings[pair + 1] ?? 0));
      for (let x = from; x < to; x++) common += region.inside[row * region.width + x] ?? 0;
      covered += Math.max(0, to - from);
    }
  }
  const together = covered + region.area - common;
  return together === 0 ? 0 : common / together;
}

function enlarged({ corners, bends }: Sheet, factor: number): Sheet {
  const corner = ([x, y]: Point): Point => [x * factor, y * factor];
  const bend =
    (small: Bend): Bend =>
    (along) =>
      small(along) * factor;
  const [a, b, c, d] = corners;
  const [p, q, r, s] = bends;
  return {
    corners: [corner(a), corner(b), corner(c), corner(d)],
    bends: [bend(p), bend(q), bend(r), bend(s)],
  };
}
