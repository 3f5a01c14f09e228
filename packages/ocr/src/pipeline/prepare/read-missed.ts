// What the engine left out of a page: letters in a row with words and whole lines, cut out and read again. Pages that were read whole cost a look at
// their ink, a hundredth of their recognition.

import type { Box } from "@legible/shared/document";
import { squareLetter } from "../cjk.ts";
import type { RecognisedLine, RecognisedParagraph, RecognisedWord } from "../engine/engine.ts";
import { isSideways, lineConfidence } from "../layout/layout-line.ts";
import { meanConfidence, union } from "../page-tree.ts";
import type { Raster } from "../raster.ts";
import { cutSheet } from "./cut-sheet.ts";
import { readFigures } from "./read-figures.ts";
import { findUnreadInk } from "./unread-ink.ts";

/** A column of figures is also read as a line that runs up the page, with less confidence than this: real ones have 80 and more. */
const doubtfulSideways = 70;
/** What is read with less confidence is a tick, a frame, a part of a picture. Figures have 80 and more. */
const surelyRead = 70;
/** On pages that read with less mean confidence, photographs mostly, pieces that were left out make no sense either. */
const wellRead = 75;
/** White around a spot, in its own heights: the engine wants room, and a dot or a bracket beside it belongs to it. */
const room = 0.6;
/** Spots so many times as wide as high are lines: thin signs at their ends, "一" or "–", are no letters by their size, and stand further out. */
const wholeLine = 3;

/** A figure may stand alone; a single letter that does is more often a bullet, a bracket or a part of a drawing. */
const readable = /\p{N}|\p{L}.*\p{L}/u;
/** Parts of square letters are blobs of the size of letters: less than a line of them is half a character that was left out. */
const fewestOfParts = 4;

/** `paragraphs` with the words that were left out, each spot a line beside those of its row. */
export async function withMissed(
  paragraphs: RecognisedParagraph[],
  raster: Raster,
  recognise: (sheet: Raster) => Promise<RecognisedParagraph[]>,
): Promise<RecognisedParagraph[]> {
  const lines = paragraphs.flatMap((paragraph) => paragraph.lines);
  if (lineConfidence(lines) < wellRead) return paragraphs;
  const doubtful = new Set(lines.filter((line) => isSideways(line) && lineConfidence([line]) < doubtfulSideways));
  const sure = lines.filter((line) => !doubtful.has(line));
  const spots = findUnreadInk(
    raster,
    sure.flatMap((line) => line.words),
  );
  if (spots.length === 0) return paragraphs;
  const cuts = spots.map((spot) => ({ spot, cut: cutAround(spot, raster) }));
  const sheet = cutSheet(
    cuts.map(({ cut }) => [cut]),
    raster,
  );
  const reading = await recognise(sheet.raster);
  const alone = cuts.map(({ spot, cut }) => ({ spot, words: sheet.wordsOf(reading, cut) }));
  const known = [...sure.flatMap((line) => line.words), ...alone.flatMap(({ words }) => words)];
  const unsure = alone.filter(({ words }) => !isText(words)).map(({ spot }) => spot);
  const figures = await readFigures(unsure, { known, sure: surelyRead }, raster, recognise);
  const missed = alone
    .map(({ spot, words }) => figures.get(spot) ?? words)
    .filter(isText)
    .map(toLine);
  const replaced = new Set([...doubtful].filter((line) => missed.some(({ bbox }) => overlap(bbox, line.bbox))));
  const kept = paragraphs.map((paragraph) => ({ lines: paragraph.lines.filter((line) => !replaced.has(line)) }));
  return besideTheirRows(kept, missed);
}

function cutAround([x0, y0, x1, y1]: Box, { width, height }: Raster): Box {
  const margin = Math.round((y1 - y0) * room);
  // Above and below are the neighbours' letters.
  const upright = Math.round(margin / 3);
  const aside = x1 - x0 >= (y1 - y0) * wholeLine ? margin * wholeLine : margin;
  return [
    Math.max(0, x0 - aside),
    Math.max(0, y0 - upright),
    Math.min(width, x1 + aside),
    Math.min(height, y1 + upright),
  ];
}

function isText(words: readonly RecognisedWord[]): boolean {
  const text = words.map((word) => word.text).join("");
  const parts = [...text].filter((letter) => squareLetter.test(letter)).length;
  return readable.test(text) && (parts === 0 || parts >= fewestOfParts) && (meanConfidence(words) ?? 0) >= surelyRead;
}

function toLine(words: RecognisedWord[]): RecognisedLine {
  const bbox = union(words.map((word) => word.bbox));
  return { bbox, baseline: [bbox[0], bbox[3], bbox[2], bbox[3]], words };
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/** Each missed line before or after the nearest line of its row, or after the one above, in that line's paragraph. */
function besideTheirRows(
  paragraphs: readonly RecognisedParagraph[],
  missed: readonly RecognisedLine[],
): RecognisedParagraph[] {
  const before = new Map<RecognisedLine, RecognisedLine[]>();
  const after = new Map<RecognisedLine, RecognisedLine[]>();
  const lines = paragraphs.flatMap((paragraph) => paragraph.lines);
  for (const line of missed) {
    const beside = nearestInRow(line, lines);
    const nearest = beside ?? nearestAbove(line, lines) ?? lines[0];
    if (nearest === undefined) continue;
    const comesFirst = beside === undefined ? line.bbox[1] < nearest.bbox[1] : line.bbox[0] < nearest.bbox[0];
    const side = comesFirst ? before : after;
    side.set(
      nearest,
      [...(side.get(nearest) ?? []), line].sort((a, b) => a.bbox[0] - b.bbox[0]),
    );
  }
  return paragraphs
    .map((paragraph) => ({
      lines: paragraph.lines.flatMap((line) => [...(before.get(line) ?? []), line, ...(after.get(line) ?? [])]),
    }))
    .filter((paragraph) => paragraph.lines.length > 0);
}

function nearestInRow({ bbox }: RecognisedLine, lines: readonly RecognisedLine[]): RecognisedLine | undefined {
  const middle = (bbox[1] + bbox[3]) / 2;
  const inRow = lines.filter((line) => line.bbox[1] <= middle && middle <= line.bbox[3]);
  const gap = (line: RecognisedLine) => Math.max(line.bbox[0] - bbox[2], bbox[0] - line.bbox[2]);
  return inRow.sort((a, b) => gap(a) - gap(b))[0];
}

function nearestAbove({ bbox }: RecognisedLine, lines: readonly RecognisedLine[]): RecognisedLine | undefined {
  const above = lines.filter((line) => line.bbox[3] <= bbox[3] && line.bbox[0] < bbox[2] && bbox[0] < line.bbox[2]);
  return above.sort((a, b) => b.bbox[3] - a.bbox[3])[0];
}
