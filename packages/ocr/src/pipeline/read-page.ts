// Reads one page, in the order it happens: pixels → sheet → dark areas → ink → even paper → dust → upright and level, with its words →
// what was left out → tree → confidence. Pages with real text skip the engine.
// Pure towards the outside: a file and options in, a page out; the clock that ends a page is the parent's.
import { autoLanguage } from "@legible/shared/auto-language";
import type { Box, Page } from "@legible/shared/document";
import type { ReadingReason } from "@legible/shared/reading-reason";
import type { ReadPageAnswer, ReadPageRequest } from "../sandbox/protocol.ts";
import type { Engine } from "./engine/engine.ts";
import { isMostlyHidden } from "./inspect.ts";
import { tableFillsPage } from "./layout/fills-page.ts";
import { noRules, type PageRules } from "./layout/page-rules.ts";
import { withoutRules } from "./layout/without-rules.ts";
import type { OpenFile } from "./open-file.ts";
import { figureBoxes, withFigures } from "./page-figures.ts";
import { withPictureText } from "./page-pictures.ts";
import { type PagePixels, pagePixels } from "./page-pixels.ts";
import { type DraftBlock, meanConfidence, toBlocks } from "./page-tree.ts";
import { confirmUnseen } from "./pdf/confirm-unseen.ts";
import { pageBookmarks } from "./pdf/page-bookmarks.ts";
import { readDrawing } from "./pdf/page-images.ts";
import { readLinks, withLinks } from "./pdf/page-links.ts";
import { readCharacters } from "./pdf/pdf-characters.ts";
import { readDots } from "./pdf/pdf-dots.ts";
import { renderPage, withPdfPage } from "./pdf/pdf-page.ts";
import { readRules } from "./pdf/pdf-rules.ts";
import { readTags } from "./pdf/pdf-tags.ts";
import { layOutPicture } from "./picture-page.ts";
import { withoutDarkAreas } from "./prepare/dark-areas.ts";
import { evenPaper } from "./prepare/even-paper.ts";
import { findSheet } from "./prepare/find-sheet.ts";
import { flattened } from "./prepare/flatten-sheet.ts";
import { photoAreas } from "./prepare/photo-areas.ts";
import { placedBlocks } from "./prepare/placed-blocks.ts";
import { readAgain } from "./prepare/read-again.ts";
import { withDashes } from "./prepare/read-dashes.ts";
import { readUnread } from "./prepare/read-unread.ts";
import { type Reading, readUpright } from "./prepare/read-upright.ts";
import { recogniser } from "./prepare/recogniser.ts";
import { withoutSpeckles } from "./prepare/speckles.ts";
import type { Straightened } from "./prepare/turn-raster.ts";
import { wayBack } from "./prepare/way-back.ts";
import { withoutDust } from "./prepare/without-dust.ts";
import { withoutNoise } from "./prepare/without-noise.ts";
import { cropped, findInk, inverted, type Raster } from "./raster.ts";
import { suggestLanguages } from "./script/suggest-languages.ts";
import { layOutText } from "./text-page.ts";
import { withWordConfidence } from "./word-confidence.ts";

export type Run = {
  engine: Engine;
  signal: AbortSignal;
  /** Where pixels come from, when not straight from the file. */
  pixels?: typeof pagePixels;
};

/** Sides below this hold no letter, px; the engine fails on some of them. */
const smallestSidePx = 8;

/** @throws FailureError */
export async function readPage(file: OpenFile, request: ReadPageRequest, run: Run): Promise<ReadPageAnswer> {
  const answer = await readDecided(file, request, run);
  return request.engineConfidence === true ? answer : { ...answer, page: withWordConfidence(answer.page) };
}

async function readDecided(file: OpenFile, request: ReadPageRequest, run: Run): Promise<ReadPageAnswer> {
  if (file.kind === "pdf" && request.decision === "text") {
    const kept = readTextPage(file, request);
    if (kept !== undefined) {
      const read = await withPictureText(file, kept.page, request, run);
      return { ...read, page: withPdfFigures(file, request.index, read.page, kept.pictures) };
    }
    return {
      ...(await readPicture(file, request, run)),
      reason: { code: "TEXT_UNSEEN", params: {} },
    };
  }
  if (file.kind === "pdf" && request.decision === "blank")
    return withoutEngine(blankPage(pdfSize(file, request.index), request.number));
  return readPicture(file, request, run);
}

async function readPicture(file: OpenFile, request: ReadPageRequest, run: Run): Promise<ReadPageAnswer> {
  const pixels = await (run.pixels ?? pagePixels)(file, request.index);
  const tooSmall = Math.min(pixels.raster.width, pixels.raster.height) < smallestSidePx;
  if (tooSmall) return withoutEngine(blankPage(pixels, request.number));
  const found = request.deskew ? findSheet(pixels.raster) : undefined;
  const sheet = found === undefined ? undefined : flattened(pixels.raster, found);
  const seen = withoutDarkAreas(sheet?.raster ?? pixels.raster);
  const ink = findInk(seen);
  if (ink === "blank") return withoutEngine(blankPage(pixels, request.number));
  const darkOnLight = ink === "light" ? inverted(seen) : seen;
  const clean = withoutDust(withoutSpeckles(evenPaper(darkOnLight, sheet !== undefined)));
  const dpi = pixels.dpiKnown ? (pixels.dpi * clean.width) / pixels.width : undefined;
  const { recognise, engineMs, languages } = recogniser(run.engine, { languages: request.languages, dpi }, run.signal);
  // The page may be read more than one way up: the rules are those of the raster that was kept.
  const rulesOf = new Map<Raster, PageRules>();
  const reading = await readUpright(clean, request, (level, segmentation) => {
    const { raster, rules } = withoutRules(level);
    rulesOf.set(level, rules);
    return recognise(raster, tableFillsPage(rules, raster.width, raster.height) ? "block" : segmentation);
  });
  const again = await readAgain(reading.paragraphs, reading.level.raster, (level) =>
    recognise(withoutRules(level).raster),
  );
  const all = await readUnread(again, reading.level.raster, recognise);
  const paragraphs = withDashes(all, reading.level.raster);
  const rules = rulesOf.get(reading.level.raster) ?? noRules;
  const page = recognisedPage({ ...reading, paragraphs }, sheet, rules, pixels, request.number);
  const answer = { page, languages: languages(), engineMs: engineMs() };
  if (request.languages.includes(autoLanguage)) return answer;
  const looked = { paragraphs, raster: reading.level.raster, named: request.languages };
  const suggested = await suggestLanguages(run.engine, looked, run.signal);
  if (suggested === undefined) return answer;
  const reason: ReadingReason = { code: "OTHER_LANGUAGE", params: { read: request.languages, seems: suggested } };
  return { ...answer, page: { ...page, suggestedLanguages: suggested }, reason };
}

function recognisedPage(
  reading: Reading,
  sheet: Straightened | undefined,
  rules: PageRules,
  { width, height, dpi, raster }: PagePixels,
  number: number,
): Page {
  const { paragraphs, level, rotation, rotationConfidence, deskewDegrees } = reading;
  const drafts = layOutPicture(withoutNoise(paragraphs), level.raster, rules);
  const photos = photoAreas(level.raster);
  const sideways = rotation === 90 || rotation === 270;
  const shown = sideways ? { width: height, height: width, dpi } : { width, height, dpi };
  const scale = shown.width / (sideways ? raster.height : raster.width);
  const turn = { rotation, rotationConfidence, deskewDegrees };
  if (deskewDegrees === 0 && sheet === undefined) {
    const page = finishedPage(drafts, shown, number, "ocr", level.raster);
    return { ...withPhotos(page, photos, shown.width / level.raster.width), ...turn };
  }
  // The level page has another size than the page itself: blocks are made in its pixels and then put back.
  const page = withPhotos(finishedPage(drafts, { ...level.raster, dpi }, number, "ocr", level.raster), photos, 1);
  const toRaster = wayBack(level, rotation, sheet, raster);
  const back = (x: number, y: number) => toRaster(x, y).map((value) => value * scale) as [number, number];
  const blocks = placedBlocks(page.blocks, back, shown.width, shown.height);
  return { ...page, ...turn, width: shown.width, height: shown.height, blocks };
}

/** `page` with the figures among `photos`, `scale` of its pixels being one of theirs. */
function withPhotos(page: Page, photos: readonly Box[], scale: number): Page {
  const boxes = photos.map((box) => box.map((value) => value * scale) as Box);
  return withFigures(
    page,
    figureBoxes(boxes, page, () => false),
  );
}

/** The page with its own text; undefined when most of that cannot be seen and the mode leaves the choice. */
function readTextPage(
  file: Extract<OpenFile, { kind: "pdf" }>,
  { index, number, mode }: ReadPageRequest,
): { page: Page; pictures: Box[] } | undefined {
  return withPdfPage(file, index, (page) => {
    const drawing = readDrawing(page);
    const characters = readCharacters(page, confirmUnseen(page, drawing.hidden));
    if (mode === "auto" && isMostlyHidden(characters)) return undefined;
    // Asked to keep the text of a page that has only an invisible layer: then that is its text.
    const seen = characters.some((character) => character.visible && !character.generated);
    const kept = seen ? characters : characters.map((character) => ({ ...character, visible: true }));
    const bookmarks = pageBookmarks(file, index);
    const setting = { dots: readDots(page), rules: readRules(page), tags: readTags(page), bookmarks };
    const finished = finishedPage(layOutText(kept, setting), page, number, "text", page);
    return { page: withLinks(finished, readLinks(page)), pictures: drawing.pictures };
  });
}

/** `page`, whose text is its own, with the figures among its `pictures`. */
function withPdfFigures(
  file: Extract<OpenFile, { kind: "pdf" }>,
  index: number,
  page: Page,
  pictures: readonly Box[],
): Page {
  let raster: Raster | undefined;
  const isEmpty = (box: Box) => {
    raster ??= withPdfPage(file, index, renderPage);
    return findInk(cropped(raster, outwards(box, raster))) === "blank";
  };
  return withFigures(page, figureBoxes(pictures, page, isEmpty));
}

/** Whole pixels around `box`. */
function outwards([x0, y0, x1, y1]: Box, { width, height }: Raster): Box {
  return [Math.floor(x0), Math.floor(y0), Math.min(width, Math.ceil(x1)), Math.min(height, Math.ceil(y1))];
}

function finishedPage(
  drafts: readonly DraftBlock[],
  page: { width: number; height: number; dpi: number },
  number: number,
  source: "ocr" | "text" | "blank",
  drafted: { width: number; height: number },
): Page {
  const { width, height } = page;
  const space = { number, width, height, scaleX: width / drafted.width, scaleY: height / drafted.height };
  const blocks = toBlocks(drafts, space);
  const words = blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
  return {
    number,
    width,
    height,
    unit: "px",
    dpi: Math.round(page.dpi * 100) / 100,
    source,
    rotation: 0,
    rotationConfidence: null,
    deskewDegrees: 0,
    confidence: meanConfidence(words),
    error: null,
    blocks,
  };
}

function blankPage(page: { width: number; height: number; dpi: number }, number: number): Page {
  return finishedPage([], page, number, "blank", page);
}

function pdfSize(
  file: Extract<OpenFile, { kind: "pdf" }>,
  index: number,
): { width: number; height: number; dpi: number } {
  return withPdfPage(file, index, ({ width, height, dpi }) => ({ width, height, dpi }));
}

function withoutEngine(page: Page): ReadPageAnswer {
  return { page, languages: [], engineMs: 0 };
}
