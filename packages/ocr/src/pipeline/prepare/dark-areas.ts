// Areas printed light on dark (heads of tables, boxes, slides) made dark on light; solid ones (bars, black borders) become paper. What
// stands dark on light inside such an area is found in a second look.
import { greyCounts, quantile, type Raster } from "../raster.ts";
import { connectedShapes } from "./connected-shapes.ts";
import { smallCopy } from "./reduce.ts";
import { spread, withoutHoles } from "./smooth-region.ts";

/** Print is brighter on the small copy than this share of the paper, also bold print; grounds of light print are darker. */
const darkShare = 0.45;
/** Half the width of light letters that are closed, px of the small copy. */
const letterRadius = 2;
/** Smallest area, px of the small copy: a line of print, and a short word. What is smaller is a letter of a title, or a rule. */
const smallest = { width: 14, height: 5 };
/** An area is a rectangle: it fills this share of its box. A frame, a photo, or the letters of a title do not. */
const filledShare = 0.85;
/** Share of each of its rims that is dark. */
const groundAround = 0.8;
/** What covers more of the page is the page itself, or the table under a sheet: `findInk` judges those. */
const mostOfPage = 0.9;
/** Light print covers less of its ground than this. */
const mostPrint = 0.4;
/** Levels between a ground and what is printed on it: with less there is no print. */
const leastContrast = 40;
/** A light box on a dark page, and the page itself. */
const rounds = 2;

/** The raster with all of its print dark on light; the same object when it is so already. */
export function withoutDarkAreas(raster: Raster): Raster {
  let result = raster;
  for (let round = 0; round < rounds; round++) {
    const limit = darkLimit(raster.grey);
    const boxes = darkBoxes(result, limit);
    if (boxes.length === 0) break;
    const grey = result === raster ? Uint8Array.from(raster.grey) : result.grey;
    result = { ...raster, grey };
    for (const box of boxes) invert(result, box, limit);
  }
  return result;
}

/** Left, top, and what lies beyond the right and the bottom, px. */
type PixelBox = readonly [number, number, number, number];

function darkBoxes(raster: Raster, limit: number): PixelBox[] {
  const { small, factor } = smallCopy(raster);
  const dark = small.grey.map((value) => (value < limit ? 1 : 0));
  if (dark.reduce((sum, value) => sum + value, 0) < smallest.width * smallest.height) return [];
  const { width, height } = small;
  const closed = spread(spread({ width, height, grey: dark }, letterRadius, Math.max), letterRadius, Math.min);
  const areas = connectedShapes(withoutHoles(closed), width, height).shapes.filter(({ size, box }) => {
    const [left, top, right, bottom] = box;
    return size < width * height * mostOfPage && size >= (right - left) * (bottom - top) * filledShare;
  });
  return areas
    .map(({ box }) => withGroundAround(dark, width, box))
    .filter(isLarge)
    .map(([left, top, right, bottom]): PixelBox => {
      const end = (edge: number, last: number, side: number) => (edge === last ? side : edge * factor);
      return [left * factor, top * factor, end(right, width, raster.width), end(bottom, height, raster.height)];
    });
}

function isLarge([left, top, right, bottom]: PixelBox): boolean {
  return right - left >= smallest.width && bottom - top >= smallest.height;
}

/** The box without rims that are not dark: a ground goes on around its print, bold letters in a row have gaps. */
function withGroundAround(dark: Uint8Array, width: number, whole: PixelBox): PixelBox {
  let box = whole;
  while (isLarge(box)) {
    const [left, top, right, bottom] = box;
    const share = (x: number, y: number, step: number, length: number) => {
      let sum = 0;
      for (let at = y * width + x, count = 0; count < length; count++, at += step) sum += dark[at] ?? 0;
      return sum / length;
    };
    const rims = [
      share(left, top, width, bottom - top),
      share(left, top, 1, right - left),
      share(right - 1, top, width, bottom - top),
      share(left, bottom - 1, 1, right - left),
    ];
    const least = Math.min(...rims);
    if (least >= groundAround) return box;
    const side = rims.indexOf(least);
    box = [
      left + Number(side === 0),
      top + Number(side === 1),
      right - Number(side === 2),
      bottom - Number(side === 3),
    ];
  }
  return box;
}

/** Darker than this is ground of light print: the paper is the brightness that a twentieth of the picture exceeds, and never black. */
function darkLimit(grey: Uint8Array): number {
  return Math.max(160, quantile(greyCounts(grey), grey.length * 0.95)) * darkShare;
}

/** What is no dark ground after all, a frame around light paper for example, is left as it is. */
function invert({ width, grey }: Raster, [left, top, right, bottom]: PixelBox, limit: number): void {
  const rows = Array.from({ length: bottom - top }, (_, row) => {
    const start = (top + row) * width;
    return grey.subarray(start + left, start + right);
  });
  const counts = new Uint32Array(256);
  for (const row of rows) for (const value of row) counts[value] = (counts[value] ?? 0) + 1;
  const total = (right - left) * (bottom - top);
  const ground = quantile(counts, total / 2);
  const light = quantile(counts, total * 0.995);
  const middle = (ground + light) / 2;
  const print = counts.reduce((sum, count, value) => sum + (value > middle ? count : 0), 0);
  const isSolid = light - ground < leastContrast;
  if (ground > limit || (!isSolid && print > total * mostPrint)) return;
  for (const row of rows) {
    for (const [index, value] of row.entries()) {
      const share = isSolid ? 0 : Math.min(1, Math.max(0, (value - ground) / (light - ground)));
      row[index] = Math.round(255 * (1 - share));
    }
  }
}
