// Pages that keep their text may hold pictures with more of it: a pasted scan, a screenshot. What is print in them is read and put
// where the picture stands. Photographs and drawings yield scraps, which are left out: no text is better than noise among real text.
import type { Block, Box, Page } from "@legible/shared/document";
import type { ReadPageAnswer, ReadPageRequest } from "../sandbox/protocol.ts";
import type { Engine, RecognisedLine, RecognisedParagraph } from "./engine/engine.ts";
import { placedParagraph } from "./engine/placed-paragraph.ts";
import { meanConfidence, toBlocks } from "./page-tree.ts";
import { readDrawing } from "./pdf/page-images.ts";
import type { PdfFile } from "./pdf/pdf-file.ts";
import { renderPage, withPdfPage } from "./pdf/pdf-page.ts";
import { placedInColumn } from "./place-in-column.ts";
import { findLay } from "./prepare/lay.ts";
import { recogniser } from "./prepare/recogniser.ts";
import { cropped, findInk, inverted, type Raster } from "./raster.ts";

/** A picture that may hold print is at least so wide and high: three words of small print, and a line of it; inches. */
const smallest = { wide: 1, high: 0.12 };
/** More pictures than this are ornaments or tiles of one picture. */
const maxPictures = 12;
/** Letters of the page's own text over a picture that make it a background. */
const ownLetters = 25;
/** Level lines are so many times as sharp as upright ones: print comes to 4 and more, photographs and charts to 1. */
const clearLines = 2;
/** A line of print in a picture: sure on the whole, and of several words. Labels of charts and signs in photographs are shorter. */
const sureLine = 75;
const fewestWords = 4;
/** Letters in such lines that make a picture worth reading: about a line of print. */
const enoughLetters = 40;

/** `page`, whose own text is kept, with the print of its pictures. @throws FailureError as the engine does */
export async function withPictureText(
  file: PdfFile,
  page: Page,
  request: ReadPageRequest,
  run: { engine: Engine; signal: AbortSignal },
): Promise<ReadPageAnswer> {
  const plain = { page, languages: [], engineMs: 0 };
  if (request.mode !== "auto") return plain;
  const drawn = withPdfPage(file, request.index, (opened) => {
    const boxes = unreadPictures(readDrawing(opened).pictures, page);
    return boxes.length === 0 ? undefined : { boxes, raster: renderPage(opened) };
  });
  if (drawn === undefined) return plain;
  const { recognise, engineMs, languages } = recogniser(
    run.engine,
    { languages: request.languages, dpi: page.dpi },
    run.signal,
  );
  let { blocks } = page;
  let pictures = 0;
  for (const box of drawn.boxes) {
    const picture = cropped(drawn.raster, box);
    const ink = findInk(picture);
    if (ink === "blank" || !hasLines(picture)) continue;
    const lines = printOf(await recognise(ink === "light" ? inverted(picture) : picture), box);
    if (lines.length === 0) continue;
    pictures += 1;
    blocks = placedInColumn(blocks, toPictureBlocks(lines, page, blocks), box);
  }
  const words = blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
  const merged = { ...page, blocks, confidence: meanConfidence(words) };
  const read = blocks.filter((block) => block.source === "ocr").flatMap((block) => block.lines);
  const count = read.reduce((sum, line) => sum + line.words.length, 0);
  return {
    page: merged,
    languages: languages(),
    engineMs: engineMs(),
    ...(pictures === 0 ? {} : { reason: { code: "PICTURES_READ", params: { words: count, pictures } } }),
  };
}

/** Whether the picture's ink lies in level lines. Photographs and charts, where it does not, are not worth the engine's time. */
function hasLines(picture: Raster): boolean {
  const { across, down } = findLay(picture);
  return across.sharpness > clearLines * down.sharpness;
}

/** Whole pixels around the pictures that are large enough and not under text of the page. */
function unreadPictures(pictures: readonly Box[], page: Page): Box[] {
  const words = page.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
  const found = pictures
    .map(([x0, y0, x1, y1]): Box => [Math.floor(x0), Math.floor(y0), Math.ceil(x1), Math.ceil(y1)])
    .filter(([x0, y0, x1, y1]) => x1 - x0 >= smallest.wide * page.dpi && y1 - y0 >= smallest.high * page.dpi)
    .filter((box) => {
      const over = words.filter(({ bbox }) => isInside((bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2, box));
      return over.reduce((sum, word) => sum + word.text.length, 0) < ownLetters;
    });
  return found.length > maxPictures ? [] : found;
}

function isInside(x: number, y: number, [x0, y0, x1, y1]: Box): boolean {
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}

/** Paragraphs of the picture at `box` as lines on the page; none when it holds no print. */
function printOf(paragraphs: readonly RecognisedParagraph[], box: Box): RecognisedLine[][] {
  const isSure = ({ words }: RecognisedLine) => (meanConfidence(words) ?? 0) >= sureLine;
  const lines = paragraphs.map((paragraph) => paragraph.lines.filter(isSure)).filter((kept) => kept.length > 0);
  const print = lines.flat().filter(({ words }) => words.length >= fewestWords);
  const letters = print.flatMap(({ words }) => words).reduce((sum, { text }) => sum + text.length, 0);
  if (letters < enoughLetters) return [];
  const move = ([x0, y0, x1, y1]: Box): Box => [x0 + box[0], y0 + box[1], x1 + box[0], y1 + box[1]];
  return lines.map((paragraph) => placedParagraph({ lines: paragraph }, move).lines);
}

/** Blocks with ids that none of `others` has. */
function toPictureBlocks(paragraphs: readonly RecognisedLine[][], page: Page, others: readonly Block[]): Block[] {
  const { number, width, height } = page;
  const space = { number, width, height, scaleX: 1, scaleY: 1 };
  const made = toBlocks(
    paragraphs.map((lines) => ({ type: "paragraph", lines })),
    space,
  );
  // Word ids of earlier pictures end in the same letters, so that they count on.
  let count = others.reduce((sum, block) => sum + block.lines.reduce((words, line) => words + line.words.length, 0), 0);
  const nextId = () => `p${number}w${++count}`;
  return made.map((block, index) => ({
    ...block,
    id: `p${number}b${others.length + index + 1}`,
    source: "ocr",
    lines: block.lines.map((line) => ({ ...line, words: line.words.map((word) => ({ ...word, id: nextId() })) })),
  }));
}
