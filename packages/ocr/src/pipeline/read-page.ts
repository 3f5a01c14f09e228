// Reads one page, in the order it happens: raster → ink → size → words → tree. Pages with real text skip the engine.
// Pure towards the outside: a file and options in, a page out; the clock that ends a page is the parent's.
import type { Page } from "@legible/shared/document";
import { FailureError } from "@legible/shared/failures";
import { maxRasterPixels } from "@legible/shared/limits";
import type { ReadPageAnswer, ReadPageRequest } from "../sandbox/protocol.ts";
import type { Engine, RecognisedParagraph } from "./engine/engine.ts";
import { fitText } from "./fit-text.ts";
import type { OpenFile } from "./open-file.ts";
import { type DraftBlock, meanConfidence, toBlocks } from "./page-tree.ts";
import { readCharacters } from "./pdf/pdf-characters.ts";
import { renderPage, withPdfPage } from "./pdf/pdf-page.ts";
import { findInk, inverted, type Raster } from "./raster.ts";
import { layOutText } from "./text-page.ts";

export type Run = { engine: Engine; signal: AbortSignal };

/** A page as pixels: its own size and resolution, and a raster that may be smaller. */
type PagePixels = { width: number; height: number; dpi: number; dpiKnown: boolean; raster: Raster };

/** Sides below this hold no letter, px; the engine fails on some of them. */
const smallestSidePx = 8;

/** @throws FailureError */
export async function readPage(file: OpenFile, request: ReadPageRequest, run: Run): Promise<ReadPageAnswer> {
  if (file.kind === "pdf" && request.decision === "text") return withoutEngine(readTextPage(file, request));
  if (file.kind === "pdf" && request.decision === "blank")
    return withoutEngine(blankPage(pdfSize(file, request.index), request.number));
  const pixels = await rasterise(file, request.index);
  const ink = findInk(pixels.raster);
  const tooSmall = Math.min(pixels.raster.width, pixels.raster.height) < smallestSidePx;
  if (ink === "blank" || tooSmall) return withoutEngine(blankPage(pixels, request.number));
  const darkOnLight = ink === "light" ? inverted(pixels.raster) : pixels.raster;
  const fitted = await fitText(darkOnLight, request.languages);
  const started = performance.now();
  const paragraphs = await recognise(fitted, pixels, request, run);
  const engineMs = Math.round(performance.now() - started);
  const page = recognisedPage(paragraphs, pixels, request.number, fitted);
  return { page, languages: [...request.languages], engineMs };
}

async function rasterise(file: OpenFile, index: number): Promise<PagePixels> {
  const pixels =
    file.kind === "image"
      ? await file.readPage(index)
      : withPdfPage(file, index, (page) => {
          const { width, height, dpi } = page;
          return { width, height, dpi, dpiKnown: true, raster: renderPage(page) };
        });
  const { width, height } = pixels.raster;
  if (width * height > maxRasterPixels) throw new FailureError("TOO_MANY_PIXELS");
  return pixels;
}

function recognise(
  raster: Raster,
  pixels: PagePixels,
  request: ReadPageRequest,
  { engine, signal }: Run,
): Promise<RecognisedParagraph[]> {
  const dpi = pixels.dpiKnown ? (pixels.dpi * raster.width) / pixels.width : undefined;
  return engine.recognise(raster, { languages: request.languages, dpi }, signal);
}

function recognisedPage(
  paragraphs: readonly RecognisedParagraph[],
  pixels: PagePixels,
  number: number,
  raster: Raster,
): Page {
  const drafts: DraftBlock[] = paragraphs.map(({ lines }) => ({ type: "paragraph", lines }));
  return finishedPage(drafts, pixels, number, "ocr", raster);
}

function readTextPage(file: Extract<OpenFile, { kind: "pdf" }>, { index, number }: ReadPageRequest): Page {
  return withPdfPage(file, index, (page) => {
    const characters = readCharacters(page);
    // Asked to keep the text of a page that has only an invisible layer: then that is its text.
    const seen = characters.some((character) => character.visible && !character.generated);
    const kept = seen ? characters : characters.map((character) => ({ ...character, visible: true }));
    return finishedPage(layOutText(kept), page, number, "text", page);
  });
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
