// Decimal points that were missed: in small print "5.5" reads as "55", with confidence. Figures without a point in a column of figures that
// have one are read again enlarged, and take the point where their digits read the same. Other pages cost nothing.
import type { Box } from "@legible/shared/document";
import type { RecognisedParagraph, RecognisedWord } from "../engine/engine.ts";
import { placedParagraph } from "../engine/placed-paragraph.ts";
import { wordsOf } from "../engine/words-of.ts";
import { scaled } from "../fit-text.ts";
import { weightedMedian } from "../layout/layout-line.ts";
import type { Raster } from "../raster.ts";
import { cutSheet } from "./cut-sheet.ts";

const pointed = /^\d+([.,])(\d{1,3})$/u;
const bare = /^\d{2,7}$/u;
/** A point as it is read when it is hardly seen. */
const anyPoint = /[.,:·]/gu;
/** A column of figures with a point has so many of them, and so many for each one without. */
const fewestPointed = 3;
const perBare = 2;
/** Height of the enlarged figures, px: at 17 most points were missed, at 34 to 42 hardly any, above that digits were misread. */
const enlargedPx = 40;
/** White on either side, in heights: with more, the next column's letters come in. */
const aside = 0.3;

/** `paragraphs` with the missed points. Boxes in px of `raster`. */
export async function withPoints(
  paragraphs: RecognisedParagraph[],
  raster: Raster,
  recognise: (sheet: Raster) => Promise<RecognisedParagraph[]>,
): Promise<RecognisedParagraph[]> {
  const suspects = findSuspects(wordsOf(paragraphs));
  if (suspects.length === 0) return paragraphs;
  const cuts = new Map(suspects.map(({ word }) => [word, cutAround(word.bbox, raster)]));
  const sheet = cutSheet(
    [...cuts.values()].map((cut) => [cut]),
    raster,
  );
  const scale = Math.max(1, enlargedPx / weightedMedian(suspects.map(({ word }) => [heightOf(word), 1])));
  const back = (box: Box) => box.map((value) => value / scale) as Box;
  const read = await recognise(await scaled(sheet.raster, scale));
  const reading = read.map((paragraph) => placedParagraph(paragraph, back));
  const better = new Map<RecognisedWord, RecognisedWord>();
  for (const { word, form } of suspects) {
    const text = sheet.wordsOf(reading, cuts.get(word) ?? word.bbox).map((again) => again.text);
    if (text.join("").replace(anyPoint, "") !== word.text || !anyPointIn(text.join(""), form)) continue;
    const whole = word.text.length - form.decimals;
    better.set(word, { ...word, text: word.text.slice(0, whole) + form.point + word.text.slice(whole) });
  }
  if (better.size === 0) return paragraphs;
  return paragraphs.map(({ lines }) => ({
    lines: lines.map((line) => ({ ...line, words: line.words.map((word) => better.get(word) ?? word) })),
  }));
}

/** How the figures of a column are written. */
type Form = { point: string; decimals: number };

/** True when `text` has one point, where the column has it. */
function anyPointIn(text: string, { decimals }: Form): boolean {
  return text.match(anyPoint)?.length === 1 && text.search(anyPoint) === text.length - 1 - decimals;
}

function findSuspects(words: readonly RecognisedWord[]): { word: RecognisedWord; form: Form }[] {
  const withPoint = words.filter(({ text }) => pointed.test(text));
  if (withPoint.length < fewestPointed) return [];
  const without = words.filter(({ text }) => bare.test(text));
  return without.flatMap((word) => {
    const column = withPoint.filter((other) => sharesColumn(word, other));
    const others = without.filter((other) => sharesColumn(word, other));
    if (column.length < fewestPointed || column.length < others.length * perBare) return [];
    const form = formOf(column);
    return form !== undefined && word.text.length > form.decimals ? [{ word, form }] : [];
  });
}

/** The form that all figures of a column have; undefined when they differ. */
function formOf(column: readonly RecognisedWord[]): Form | undefined {
  const forms = column.map(({ text }) => pointed.exec(text)).map((match) => `${match?.[1]}${match?.[2]?.length}`);
  const [first = ""] = forms;
  if (forms.some((form) => form !== first)) return undefined;
  return { point: first.slice(0, 1), decimals: Number(first.slice(1)) };
}

function sharesColumn({ bbox }: RecognisedWord, { bbox: other }: RecognisedWord): boolean {
  return bbox[0] < other[2] && other[0] < bbox[2];
}

function heightOf({ bbox }: RecognisedWord): number {
  return bbox[3] - bbox[1];
}

function cutAround([x0, y0, x1, y1]: Box, { width, height }: Raster): Box {
  const room = (y1 - y0) * aside;
  return [
    Math.max(0, Math.floor(x0 - room)),
    Math.max(0, Math.floor(y0 - room / 2)),
    Math.min(width, Math.ceil(x1 + room)),
    Math.min(height, Math.ceil(y1 + room / 2)),
  ];
}
