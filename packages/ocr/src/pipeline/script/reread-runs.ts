// Runs of words that one model may have misread, read again by another one: cut out, put under each other on a sheet of their own, so
// that all of a page's runs cost one call, and taken over where they were read with more confidence.
import type { Box } from "@legible/shared/document";
import type { RecognisedLine, RecognisedParagraph, RecognisedWord } from "../engine/engine.ts";
import { meanConfidence, union } from "../page-tree.ts";
import { cutSheet } from "../prepare/cut-sheet.ts";
import type { Raster } from "../raster.ts";
import { countLetters } from "./scripts.ts";

/**
 * Words of a line that stand beside each other, the part of the raster that holds them, and the confidence from which another reading
 * is better.
 */
type Run = { line: RecognisedLine; from: number; to: number; cut: Box; beaten: number };
/** Runs with fewer letters and digits are not worth it: the engine reads single characters by their neighbours. */
const fewestCharacters = 2;
/** A run so many heights of its line away from its neighbours stands alone: its cut holds nothing else. */
const alone = 0.8;
/**
 * Boxes of words among Chinese characters are a third of a letter off, so that a cut may lose a digit or gain a stroke: such a run is
 * read again only when it is doubtful, and taken over only when it is clearly better. Digits that are right have 80 and more, a per
 * cent sign that was taken for "96" brings the run to 30–60.
 */
const doubtful = 70;
const clearlyBetter = 20;
/** Room around a run, in heights of its line. */
const beside = 0.4;
const above = 0.15;

/** `paragraphs` with their runs of Latin letters and digits as `recognise` reads them where that is more certain. */
export async function rereadRuns(
  paragraphs: readonly RecognisedParagraph[],
  raster: Raster,
  recognise: (sheet: Raster) => Promise<RecognisedParagraph[]>,
): Promise<RecognisedParagraph[]> {
  const runs = paragraphs.flatMap(({ lines }) => lines.flatMap((line) => runsOf(line, raster)));
  if (runs.length === 0) return [...paragraphs];
  const sheet = cutSheet(
    runs.map(({ cut }) => [cut]),
    raster,
  );
  const reading = await recognise(sheet.raster);
  const better = new Map<RecognisedLine, { run: Run; words: RecognisedWord[] }[]>();
  for (const run of runs) {
    const again = sheet.wordsOf(reading, run.cut);
    if ((meanConfidence(again) ?? 0) > run.beaten)
      better.set(run.line, [...(better.get(run.line) ?? []), { run, words: again }]);
  }
  return paragraphs.map(({ lines }) => ({ lines: lines.map((line) => replaced(line, better.get(line) ?? [])) }));
}

function runsOf(line: RecognisedLine, raster: Raster): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let at = 0; at <= line.words.length; at++) {
    if (at < line.words.length && inRun(line.words, at)) continue;
    const run = { line, from, to: at };
    const beaten = confidenceToBeat(run);
    if (beaten !== undefined) runs.push({ ...run, beaten, cut: cutOf(run, raster) });
    from = at + 1;
  }
  return runs;
}

/** Words without East Asian letters, and the "一" that the engine makes of a dash between two numbers. */
function inRun(words: readonly RecognisedWord[], at: number): boolean {
  const text = words[at]?.text ?? "";
  if (countLetters(text).eastAsian === 0) return true;
  return text === "一" && /\d$/u.test(words[at - 1]?.text ?? "") && /^\d/u.test(words[at + 1]?.text ?? "");
}

type Span = Pick<Run, "line" | "from" | "to">;

/** Undefined for what is not worth reading again. */
function confidenceToBeat({ line, from, to }: Span): number | undefined {
  const words = line.words.slice(from, to);
  const characters = words.reduce((sum, { text }) => sum + (text.match(/[\p{Script=Latin}\p{N}]/gu)?.length ?? 0), 0);
  if (characters < fewestCharacters) return undefined;
  const confidence = meanConfidence(words) ?? 0;
  const [x0, , x1] = union(words.map(({ bbox }) => bbox));
  const gap = Math.min(
    x0 - (line.words[from - 1]?.bbox[2] ?? Number.NEGATIVE_INFINITY),
    (line.words[to]?.bbox[0] ?? Number.POSITIVE_INFINITY) - x1,
  );
  if (gap >= alone * (line.bbox[3] - line.bbox[1])) return confidence;
  return confidence < doubtful ? confidence + clearlyBetter : undefined;
}

/** The box around the words, with room, but none of the words beside them. */
function cutOf({ line, from, to }: Span, { width, height }: Raster): Box {
  const [x0, y0, x1, y1] = union(line.words.slice(from, to).map(({ bbox }) => bbox));
  const size = line.bbox[3] - line.bbox[1];
  const left = Math.max(x0 - beside * size, line.words[from - 1]?.bbox[2] ?? 0, 0);
  const right = Math.min(x1 + beside * size, line.words[to]?.bbox[0] ?? width, width);
  return [
    Math.floor(Math.min(left, x0)),
    Math.max(0, Math.floor(y0 - above * size)),
    Math.ceil(Math.max(right, x1)),
    Math.min(height, Math.ceil(y1 + above * size)),
  ];
}

function replaced(line: RecognisedLine, better: readonly { run: Run; words: RecognisedWord[] }[]): RecognisedLine {
  const words = [...line.words];
  for (const { run, words: again } of [...better].reverse()) words.splice(run.from, run.to - run.from, ...again);
  return { ...line, words };
}
