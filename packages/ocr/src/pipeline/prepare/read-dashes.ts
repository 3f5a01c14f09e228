// Lines of typed dashes, as tills and forms of typewriters draw them. The engine takes them for rules or dirt and leaves them out. Only on
// pages whose letters all have one width: there each dash stands where a letter would, which dashes that are drawn do not.
import type { Box } from "@legible/shared/document";
import type { RecognisedLine, RecognisedParagraph, RecognisedWord } from "../engine/engine.ts";
import { wordsOf } from "../engine/words-of.ts";
import { weightedMedian } from "../layout/layout-line.ts";
import type { Raster } from "../raster.ts";
import { findInkBlobs } from "./ink-blobs.ts";

/** A word of so many letters tells how wide one is; its box lacks the white beside the first and the last, as a share of a letter. */
const fewestLetters = 4;
const whiteAtEnds = 0.2;
/** Letters have one width when those of so many words agree within the second figure. Of proportional print four words in ten do. */
const sameWidth = { share: 0.75, within: 0.08 };
const fewestWords = 6;
/** Sides of a dash, in widths of a letter. */
const dash = { narrowest: 0.3, widest: 1, thinnest: 0.05, thickest: 0.3 };
/** Fewer dashes are a mark within a text. */
const fewestDashes = 8;
/** Share of its places at which a line shows a dash; paper that is creased or faint loses some. */
const leastShown = 0.7;
/** How far a dash may stand from its place, and above or below the one before it, in widths of a letter. */
const astray = 0.2;
/** How far a dash stands above the line, in heights of the words, which are mostly those of capitals. */
const dashAbove = 0.37;
const mostRuns = 1_200_000;
/** What is said of a line of dashes: its places make it sure. */
const confidence = 95;

/** `read`, and after it a line for each line of dashes. Boxes in pixels of `raster`. */
export function withDashes(read: RecognisedParagraph[], raster: Raster): RecognisedParagraph[] {
  const words = wordsOf(read);
  const advance = letterAdvance(words);
  if (advance === undefined) return read;
  const height = weightedMedian(words.map(({ bbox, text }) => [bbox[3] - bbox[1], text.length]));
  const lines = chains(dashes(raster, advance), advance)
    .filter((chain) => chain.length >= fewestDashes)
    .flatMap((chain) => lineOf(chain, advance, height) ?? [])
    .filter((line) => !words.some(({ bbox }) => overlap(bbox, line.bbox)));
  return [...read, ...lines.map((line) => ({ lines: [line] }))];
}

/** From one letter to the next, px; undefined when letters have widths of their own. */
function letterAdvance(words: readonly RecognisedWord[]): number | undefined {
  const advances = words
    .filter(({ text }) => text.length >= fewestLetters && /^[\p{Script=Latin}\p{N}\p{P}]+$/u.test(text))
    .map(({ text, bbox }) => [(bbox[2] - bbox[0]) / (text.length - whiteAtEnds), text.length] as const);
  if (advances.length < fewestWords) return;
  const advance = weightedMedian(advances);
  const same = advances.filter(([value]) => Math.abs(value - advance) <= advance * sameWidth.within);
  return same.length >= advances.length * sameWidth.share ? advance : undefined;
}

/** Pieces of ink with the shape of a dash. */
function dashes(raster: Raster, advance: number): Box[] {
  const blobs = findInkBlobs(raster, mostRuns);
  if (blobs === undefined) return [];
  const found: Box[] = [];
  for (let blob = 0; blob < blobs.count; blob++) {
    const box: Box = [blobs.left[blob] ?? 0, blobs.top[blob] ?? 0, blobs.right[blob] ?? 0, blobs.bottom[blob] ?? 0];
    const [width, height] = [(box[2] - box[0]) / advance, (box[3] - box[1]) / advance];
    const isDash =
      width >= dash.narrowest && width <= dash.widest && height >= dash.thinnest && height <= dash.thickest;
    if (isDash && width > height) found.push(box);
  }
  return found;
}

/** Dashes that follow each other at places of letters, from left to right. */
function chains(boxes: readonly Box[], advance: number): Box[][] {
  const found: Box[][] = [];
  for (const box of [...boxes].sort((a, b) => a[0] - b[0])) {
    const before = found.find((chain) => follows(chain.at(-1), box, advance));
    if (before === undefined) found.push([box]);
    else before.push(box);
  }
  return found;
}

/** Whether `box` stands one, two or three places after `last`, on the same height. */
function follows(last: Box | undefined, box: Box, advance: number): boolean {
  if (last === undefined || Math.abs(middle(box, 1) - middle(last, 1)) > advance * astray) return false;
  const places = (middle(box, 0) - middle(last, 0)) / advance;
  const nearest = Math.round(places);
  return nearest >= 1 && nearest <= 3 && Math.abs(places - nearest) <= astray;
}

/** The dashes as a word as high as others, px; undefined when too many are missing. */
function lineOf(chain: readonly Box[], advance: number, height: number): RecognisedLine | undefined {
  const [first, last] = [chain[0], chain.at(-1)];
  if (first === undefined || last === undefined) return;
  const count = Math.round((middle(last, 0) - middle(first, 0)) / advance) + 1;
  if (chain.length < count * leastShown) return;
  const foot = chain.reduce((sum, box) => sum + middle(box, 1), 0) / chain.length + height * dashAbove;
  const bbox: Box = [first[0], foot - height, last[2], foot];
  return { bbox, baseline: [first[0], foot, last[2], foot], words: [{ text: "-".repeat(count), bbox, confidence }] };
}

/** The middle of a box, across (0) or down (1). */
function middle(box: Box, axis: 0 | 1): number {
  return (box[axis] + box[axis === 0 ? 2 : 3]) / 2;
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
