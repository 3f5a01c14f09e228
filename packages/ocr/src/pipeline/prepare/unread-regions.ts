// Where a page holds columns of letters that the engine did not read. On pages crowded with small print (newspapers) its search for
// columns gives up, while it reads any one of them well: so they are found here, by the white between them (recursive cuts along both
// axes, after Nagy and Seth's X-Y tree).
import type { Box } from "@legible/shared/document";
import type { Raster } from "../raster.ts";
import { textHeight } from "../text-height.ts";
import { findInkBlobs, type InkBlobs, inkLevel } from "./ink-blobs.ts";

/** Pixels between samples of the ink, along both axes: finds out in a few ms that nothing is missing. */
const sampleStepPx = 3;
/** Small print is faint: its strokes are thinner than a pixel. Share of the way from black to paper. */
const inkShare = 0.75;
/** Share of the ink outside of words below which a page counts as read; the rest is bullets, rules and signatures. */
const unreadInk = 0.35;
/** A tenth of the pixels: pages with more runs of ink are textures. */
const runsShare = 0.1;
/** Letters and their parts, in heights of the page's text: from a dot or a stroke to a capital, and to letters that touch. */
const letter = { lowest: 0.25, highest: 2, widest: 5 };
/** A page or region is worth it when so many letters stay unread, and so many for each one that was read. */
const fewest = { onPage: 300, inRegion: 30, perReadOnPage: 1, perReadInRegion: 5 };
/** White that cuts, in heights of the text: between columns, between words of a short region, between passages. */
const white = { columns: 0.9, words: 3, passages: 1.5 };
/** Regions lower than this, in heights of the text, are single lines: white in them is between words. */
const fewLines = 4;
/** Regions with the most letters come first; more of them would cost more than a page in small print holds. */
const mostRegions = 60;

/** Boxes of the regions of `raster` with letters outside of the boxes in `words`, px; none for a page that was read. */
export function unreadRegions(raster: Raster, words: readonly Box[]): Box[] {
  const read = coverage(raster, words);
  const ink = inkLevel(raster.grey, inkShare);
  if (shareOfInkOutside(raster, read, ink) < unreadInk) return [];
  const size = textHeight(raster)?.small;
  const blobs = findInkBlobs(raster, Math.floor(raster.grey.length * runsShare), ink);
  if (size === undefined || blobs === undefined) return [];
  const letters = lettersOf(blobs, size);
  const isRead = (box: Box) => read[middleOf(box, raster.width)] === 1;
  const unread = letters.filter((box) => !isRead(box));
  const known = letters.filter(isRead);
  if (unread.length < fewest.onPage || unread.length < known.length * fewest.perReadOnPage) return [];
  return regionsOf(unread, size)
    .filter((region) => region.length >= fewest.inRegion)
    .sort((a, b) => b.length - a.length)
    .slice(0, mostRegions)
    .filter((region) => region.length >= fewest.perReadInRegion * countInside(known, around(region)))
    .map(around);
}

function lettersOf(blobs: InkBlobs, size: number): Box[] {
  const letters: Box[] = [];
  for (let index = 0; index < blobs.count; index++) {
    const [left, top] = [blobs.left[index] ?? 0, blobs.top[index] ?? 0];
    const [right, bottom] = [blobs.right[index] ?? 0, blobs.bottom[index] ?? 0];
    const height = bottom - top;
    if (height < letter.lowest * size || height > letter.highest * size || right - left > letter.widest * size)
      continue;
    letters.push([left, top, right, bottom]);
  }
  return letters;
}

function countInside(boxes: readonly Box[], [left, top, right, bottom]: Box): number {
  return boxes.filter(([x0, y0, x1, y1]) => x0 >= left && y0 >= top && x1 <= right && y1 <= bottom).length;
}

/** A byte a pixel: 1 inside of a box. */
function coverage({ width, height }: Raster, boxes: readonly Box[]): Uint8Array {
  const covered = new Uint8Array(width * height);
  for (const [x0, y0, x1, y1] of boxes) {
    const [left, right] = [Math.max(0, Math.floor(x0)), Math.min(width, Math.ceil(x1))];
    for (let row = Math.max(0, Math.floor(y0)); row < Math.min(height, Math.ceil(y1)); row++)
      covered.fill(1, row * width + left, row * width + Math.max(left, right));
  }
  return covered;
}

function shareOfInkOutside({ width, height, grey }: Raster, read: Uint8Array, level: number): number {
  let ink = 0;
  let outside = 0;
  for (let row = 0; row < height; row += sampleStepPx) {
    for (let at = row * width; at < (row + 1) * width; at += sampleStepPx) {
      if ((grey[at] ?? 255) >= level) continue;
      ink++;
      if (read[at] === 0) outside++;
    }
  }
  return ink === 0 ? 0 : outside / ink;
}

function middleOf([x0, y0, x1, y1]: Box, width: number): number {
  return Math.floor((y0 + y1) / 2) * width + Math.floor((x0 + x1) / 2);
}

function regionsOf(letters: Box[], size: number): Box[][] {
  const [, top, , bottom] = around(letters);
  const gutter = bottom - top < fewLines * size ? white.words : white.columns;
  const columns = parted(letters, 0, gutter * size);
  if (columns.length > 1) return columns.flatMap((part) => regionsOf(part, size));
  const passages = parted(letters, 1, white.passages * size);
  return passages.length > 1 ? passages.flatMap((part) => regionsOf(part, size)) : passages;
}

/** The boxes, parted where at least `gap` px along `axis` (0: x, 1: y) are white all the way. */
function parted(boxes: readonly Box[], axis: 0 | 1, gap: number): Box[][] {
  const parts: Box[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const box of [...boxes].sort((a, b) => a[axis] - b[axis])) {
    if (box[axis] - end >= gap) parts.push([]);
    parts.at(-1)?.push(box);
    end = Math.max(end, box[axis + 2] ?? 0);
  }
  return parts;
}

function around(boxes: readonly Box[]): Box {
  const hull: Box = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const [x0, y0, x1, y1] of boxes) {
    hull[0] = Math.min(hull[0], x0);
    hull[1] = Math.min(hull[1], y0);
    hull[2] = Math.max(hull[2], x1);
    hull[3] = Math.max(hull[3], y1);
  }
  return hull;
}
