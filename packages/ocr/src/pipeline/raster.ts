// A page as grey pixels: what every decoder yields and the engine reads.
import type { Box } from "@legible/shared/document";
import { oncePer } from "./once-per.ts";

/** 8-bit grey, row by row without gaps, 0 = black, origin top-left. Nobody changes it once it is made: what was found on it is kept. */
export type Raster = { width: number; height: number; grey: Uint8Array };

/** A pixel darker than this is ink when most of the page is paper. */
const inkBelow = 160;
/** Ink on less than this share of the page is dust: a full stop at 300 dpi is 4 parts in a million of an A4 page. */
const dustShare = 0.000_02;
/** A page darker than paper on this share of its pixels is printed white on black. */
const invertedShare = 0.6;

/** Grey levels between paper and the palest print that is taken for print. */
const faintest = 48;

/** What is to be seen on a page: nothing, dark on light, or light on dark. */
export type Ink = "blank" | "dark" | "light";

/**
 * Judges by the share of dark pixels. A page of one even tone (a black sheet too) is blank.
 */
export function findInk(raster: Raster): Ink {
  const counts = greyCounts(raster.grey);
  const total = raster.grey.length;
  let dark = 0;
  for (let value = 0; value < inkBelow; value++) dark += counts[value] ?? 0;
  if (dark / total < dustShare) return hasFaintInk(counts, total) ? "dark" : "blank";
  if ((total - dark) / total < dustShare) return hasFaintInk(counts, total) ? "light" : "blank";
  return dark / total > invertedShare ? "light" : "dark";
}

/** Neighbouring pixels are counted in so many tables: a page of one grey would wait for the same counter at each pixel. */
const countLanes = 4;
/** Pixels counted by one call: V8 optimises a function that is called often better than a loop that runs long. */
const countedAtOnce = 65_536;

/** How many pixels have each grey level. */
export const greyCounts = oncePer((grey: Uint8Array): Uint32Array => {
  const lanes = new Uint32Array(256 * countLanes);
  for (let from = 0; from < grey.length; from += countedAtOnce)
    count(lanes, grey, from, Math.min(grey.length, from + countedAtOnce));
  const counts = lanes.slice(0, 256);
  for (let counter = 256; counter < lanes.length; counter++) {
    const value = counter & 255;
    counts[value] = (counts[value] ?? 0) + (lanes[counter] ?? 0);
  }
  return counts;
});

function count(lanes: Uint32Array, grey: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const counter = ((at % countLanes) << 8) | (grey[at] ?? 0);
    lanes[counter] = (lanes[counter] ?? 0) + 1;
  }
}

/** Pale print: the darkest and lightest thousandths of the page lie clearly apart. */
function hasFaintInk(counts: Uint32Array, total: number): boolean {
  return quantile(counts, total * 0.999) - quantile(counts, total * 0.001) > faintest;
}

/** The lowest grey level that `rank` of the counted pixels do not exceed. */
export function quantile(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += counts[value] ?? 0;
    if (seen >= rank) return value;
  }
  return 255;
}

/** The negative of a raster. */
export function inverted(raster: Raster): Raster {
  return { ...raster, grey: raster.grey.map((value) => 255 - value) };
}

/** A copy of the part of a raster inside of `box`, whole px. */
export function cropped({ width, height, grey }: Raster, box: Box): Raster {
  const [x0, y0, x1, y1] = [
    Math.max(0, box[0]),
    Math.max(0, box[1]),
    Math.min(width, box[2]),
    Math.min(height, box[3]),
  ];
  const part = new Uint8Array((x1 - x0) * (y1 - y0));
  for (let y = y0; y < y1; y++) part.set(grey.subarray(y * width + x0, y * width + x1), (y - y0) * (x1 - x0));
  return { width: x1 - x0, height: y1 - y0, grey: part };
}

/** The raster as a binary PGM file (Netpbm P5, maxval 255): what tesseract reads fastest. */
export function toPgm(raster: Raster): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${raster.width} ${raster.height}\n255\n`);
  const file = new Uint8Array(head.length + raster.grey.length);
  file.set(head);
  file.set(raster.grey, head.length);
  return file;
}
