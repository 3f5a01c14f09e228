// Photographs on a page that was scanned: areas of many tones without white between them. Print, even bold print, leaves white between its
// lines, and a tinted box has one tone. Line drawings and charts look like print and are not found.
import type { Box } from "@legible/shared/document";
import { greyCounts, quantile, type Raster } from "../raster.ts";
import { connectedShapes, type Shape } from "./connected-shapes.ts";
import { smallCopy } from "./reduce.ts";
import { spread } from "./smooth-region.ts";

/** Grey levels by which a photograph is darker than the paper; its lights are not, and are closed. */
const darker = 32;
/** Lines of print are thinner than twice this, px of the small copy (5 mm on A4), and what is so narrow is no photograph. */
const printRadius = 4;
/** Lights of a photograph are narrower than twice this. */
const lightRadius = 6;
/** Share of its box that a photograph fills: it is a rectangle, or an oval. */
const filledShare = 0.7;
/** Grey levels between the dark and the light quarter of a photograph; shadows have less. */
const leastTones = 24;
/** Levels around the commonest one, and the share of a photograph that has them at most: the tint of a box has more of it. */
const oneTint = 8;
const mostOneTint = 0.4;
/** More than this share of the page is the page itself on dark paper, or a photo of a page. */
const mostOfPage = 0.7;

/** Boxes of what looks like photographs, px of `raster`, which is dark on light. */
export function photoAreas(raster: Raster): Box[] {
  const { small, factor } = smallCopy(raster);
  const { width, height, grey } = small;
  const paper = quantile(greyCounts(grey), grey.length * 0.8);
  const toned = { width, height, grey: grey.map((value) => (value < paper - darker ? 1 : 0)) };
  const middles = withoutPale(toned);
  if (!middles.grey.includes(1)) return [];
  const solid = spread(middles, printRadius, Math.max);
  const closed = spread(spread(solid, lightRadius, Math.max), lightRadius, Math.min);
  return connectedShapes(closed.grey, width, height).shapes.flatMap(({ size, box }): Box[] => {
    const [left, top, right, bottom] = box;
    const area = (right - left) * (bottom - top);
    const isPhoto = size >= area * filledShare && area <= width * height * mostOfPage && hasTones(small, box);
    return isPhoto ? [[left * factor, top * factor, right * factor, bottom * factor]] : [];
  });
}

/** 1 where the square around a pixel, `printRadius` px each way, is toned. Sums over rectangles make it one look a pixel. */
function withoutPale({ width, height, grey }: Raster): Raster {
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let row = 0; row < height; row++) {
    let line = 0;
    for (let column = 0; column < width; column++) {
      line += grey[row * width + column] ?? 0;
      const at = (row + 1) * (width + 1) + column + 1;
      sums[at] = (sums[at - width - 1] ?? 0) + line;
    }
  }
  const out = new Uint8Array(grey.length);
  const side = 2 * printRadius + 1;
  const sumAt = (column: number, row: number) => sums[row * (width + 1) + column] ?? 0;
  for (let top = 0; top + side <= height; top++) {
    for (let left = 0; left + side <= width; left++) {
      const [right, bottom] = [left + side, top + side];
      const sum = sumAt(right, bottom) - sumAt(left, bottom) - sumAt(right, top) + sumAt(left, top);
      if (sum === side * side) out[(top + printRadius) * width + left + printRadius] = 1;
    }
  }
  return { width, height, grey: out };
}

function hasTones({ width, grey }: Raster, [left, top, right, bottom]: Shape["box"]): boolean {
  const counts = new Uint32Array(256);
  for (let row = top; row < bottom; row++) {
    for (const value of grey.subarray(row * width + left, row * width + right))
      counts[value] = (counts[value] ?? 0) + 1;
  }
  const total = (right - left) * (bottom - top);
  const commonest = counts.indexOf(Math.max(...counts));
  const tint = counts.subarray(Math.max(0, commonest - oneTint), commonest + oneTint + 1);
  if (tint.reduce((sum, count) => sum + count, 0) > total * mostOneTint) return false;
  return quantile(counts, total * 0.75) - quantile(counts, total * 0.25) >= leastTones;
}
