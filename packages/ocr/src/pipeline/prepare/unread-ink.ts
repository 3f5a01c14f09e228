// Letters that no word covers. An engine that looks for columns itself takes narrow ones, numbers of lines and quantities, for noise.
import type { Box } from "@legible/shared/document";
import type { RecognisedWord } from "../engine/engine.ts";
import { weightedMedian } from "../layout/layout-line.ts";
import { union } from "../page-tree.ts";
import type { Raster } from "../raster.ts";
import { findInkBlobs, type InkBlobs } from "./ink-blobs.ts";

/** Sizes of letters in heights of the page's words, which most often reach from the baseline to the top of capitals. */
const lowest = 0.5;
const highest = 1.6;
const widest = 2;
/** Letters nearer than this, in the same measure, are one spot: spaces are narrower, columns further apart. */
const oneSpot = 1;
/**
 * Spots nearer to a word of their row than this belong to it: boxes of Chinese words are a third of a letter off, Latin ones may end
 * before their last letter.
 */
const apart = 0.5;
/** Full pages of small print have 400,000 runs of ink at 300 dpi; more are pictures. */
const mostRuns = 1_200_000;
/** Letters over a width of so many sizes are a line of their own: dirt and marks between lines are narrower. */
const wholeLine = 3;
/** A row that says something has so many letters; the figures at the axis of a chart stand beside each other and beside bars. */
const fewestLetters = 4;
/** A page has one or two unread numbers in each row of words; where more was not read it is a picture or a chart. */
const spotsPerWord = 0.25;

/** Boxes around unread letters in a row with `words` or in a line of their own, px of `raster`, from top to bottom. */
export function findUnreadInk(raster: Raster, words: readonly RecognisedWord[]): Box[] {
  const size = weightedMedian(words.map(({ bbox, text }) => [bbox[3] - bbox[1], text.length]));
  if (size < 1) return [];
  const blobs = findInkBlobs(raster, mostRuns);
  if (blobs === undefined) return [];
  const bands = bandsOf(words, size);
  const inRow = (box: Box) => {
    const beside = bands.get(bandAt(middleOf(box), size)) ?? [];
    return beside.filter(({ bbox }) => middleOf(box) >= bbox[1] && middleOf(box) <= bbox[3]);
  };
  const unread = letterBoxes(blobs, size).filter((box) => inRow(box).every((word) => gapBetween(word.bbox, box) >= 0));
  const spots = joined(unread, size).filter((spot) => {
    const row = inRow(spot);
    if (row.length === 0) return spot[2] - spot[0] >= wholeLine * size;
    return lettersOf(row) >= fewestLetters && row.every((word) => gapBetween(word.bbox, spot) >= apart * size);
  });
  return spots.length > words.length * spotsPerWord ? [] : spots;
}

function letterBoxes({ left, top, right, bottom, count }: InkBlobs, size: number): Box[] {
  const boxes: Box[] = [];
  for (let blob = 0; blob < count; blob++) {
    const box: Box = [left[blob] ?? 0, top[blob] ?? 0, right[blob] ?? 0, bottom[blob] ?? 0];
    const [width, height] = [box[2] - box[0], box[3] - box[1]];
    if (width > 0 && width <= size * widest && height >= size * lowest && height <= size * highest) boxes.push(box);
  }
  return boxes;
}

function lettersOf(words: readonly RecognisedWord[]): number {
  return words.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0);
}

/** The words by the bands of the page, `size` px high, that they reach into. */
function bandsOf(words: readonly RecognisedWord[], size: number): Map<number, RecognisedWord[]> {
  const bands = new Map<number, RecognisedWord[]>();
  for (const word of words) {
    for (let band = bandAt(word.bbox[1], size); band <= bandAt(word.bbox[3], size); band++) {
      const members = bands.get(band);
      if (members === undefined) bands.set(band, [word]);
      else members.push(word);
    }
  }
  return bands;
}

const bandAt = (y: number, size: number): number => Math.floor(y / size);

function middleOf([, y0, , y1]: Box): number {
  return (y0 + y1) / 2;
}

/** White between two boxes of one row, px; negative when they overlap. */
function gapBetween(a: Box, b: Box): number {
  return Math.max(a[0] - b[2], b[0] - a[2]);
}

/** Letters of one row that stand close together, as one box. */
function joined(boxes: readonly Box[], size: number): Box[] {
  const spots: Box[] = [];
  for (const box of [...boxes].sort((a, b) => a[0] - b[0])) {
    const at = spots.findIndex(
      (spot) => box[0] - spot[2] < oneSpot * size && Math.abs(middleOf(box) - middleOf(spot)) < size / 2,
    );
    const spot = spots[at];
    if (spot === undefined) spots.push(box);
    else spots[at] = union([spot, box]);
  }
  return spots.sort((a, b) => a[1] - b[1]);
}
