// Single figures that read badly on their own, "1" and "7" mostly: an engine for lines has nothing to measure them by. Set close between
// figures of their own column that it was sure of it reads them well, and shows that it did by reading those the same again.
import type { Box } from "@legible/shared/document";
import type { RecognisedParagraph, RecognisedWord } from "../engine/engine.ts";
import { meanConfidence } from "../page-tree.ts";
import type { Raster } from "../raster.ts";
import { cutSheet } from "./cut-sheet.ts";

/** Numbers of lines, quantities. Longer ones read well by themselves. */
const figure = /^\p{Nd}{1,4}$/u;
/** Figures of one size differ in height by less than this share: those of some types hang below the line. */
const oneSize = 0.4;
/** White on either side of a figure, in heights: closer than words, so that all are read as one number. */
const aside = 0.3;
/** So many figures of the column are set around one, in a row each: "1" read as "18" between some twos, and as ":" between some fours. */
const around = [2, 4];

/**
 * The figures in `spots`, by spot; those that stay unsure are left out. Boxes in px of `raster`. `known`: words of the page; `sure`: the
 * least confidence, 0–100.
 */
export async function readFigures(
  spots: readonly Box[],
  { known, sure }: { known: readonly RecognisedWord[]; sure: number },
  raster: Raster,
  recognise: (sheet: Raster) => Promise<RecognisedParagraph[]>,
): Promise<Map<Box, RecognisedWord[]>> {
  const figures = known.filter(({ text, confidence }) => figure.test(text) && confidence >= sure);
  const rows = spots.flatMap((spot) => {
    const column = inColumn(spot, figures);
    return around.flatMap((count) => (column.length < count ? [] : [rowAround(spot, column.slice(0, count), raster)]));
  });
  const found = new Map<Box, RecognisedWord[]>();
  if (rows.length === 0) return found;
  const sheet = cutSheet(
    rows.map(({ cuts }) => cuts),
    raster,
  );
  const reading = await recognise(sheet.raster);
  for (const { spot, before, after, cuts } of rows) {
    const words = cuts.flatMap((cut) => sheet.wordsOf(reading, cut));
    const confidence = meanConfidence(words) ?? 0;
    const text = between(before, textOf(words), after);
    const least = found.get(spot)?.[0]?.confidence ?? sure;
    if (text !== undefined && confidence >= least) found.set(spot, [{ text, bbox: spot, confidence }]);
  }
  return found;
}

/** The figures nearest to a spot among those of its size above and below it. */
function inColumn(spot: Box, figures: readonly RecognisedWord[]): RecognisedWord[] {
  const height = spot[3] - spot[1];
  const distance = ({ bbox }: RecognisedWord) => Math.abs(bbox[1] + bbox[3] - spot[1] - spot[3]);
  return figures
    .filter(({ bbox }) => bbox[0] < spot[2] && spot[0] < bbox[2])
    .filter(({ bbox }) => Math.abs(bbox[3] - bbox[1] - height) < height * oneSize)
    .sort((a, b) => distance(a) - distance(b));
}

type FigureRow = { spot: Box; before: string; after: string; cuts: Box[] };

function rowAround(spot: Box, column: readonly RecognisedWord[], raster: Raster): FigureRow {
  const [before, after] = [column.slice(0, column.length / 2), column.slice(column.length / 2)];
  const boxes = [...before.map(({ bbox }) => bbox), spot, ...after.map(({ bbox }) => bbox)];
  return { spot, before: textOf(before), after: textOf(after), cuts: boxes.map((box) => cutClose(box, raster)) };
}

function cutClose([x0, y0, x1, y1]: Box, { width, height }: Raster): Box {
  const room = (y1 - y0) * aside;
  return [
    Math.max(0, Math.floor(x0 - room)),
    Math.max(0, Math.floor(y0 - room)),
    Math.min(width, Math.ceil(x1 + room)),
    Math.min(height, Math.ceil(y1 + room)),
  ];
}

function textOf(words: readonly RecognisedWord[]): string {
  return words.map(({ text }) => text).join("");
}

/** The figure in `text` between those that were known. */
function between(before: string, text: string, after: string): string | undefined {
  if (!text.startsWith(before) || !text.endsWith(after)) return undefined;
  const middle = text.slice(before.length, text.length - after.length);
  return figure.test(middle) ? middle : undefined;
}
