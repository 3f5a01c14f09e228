// The invisible text of one page as PDF operators (PDF 32000-1, 9.3 and 9.4). Short on purpose: the layer of a dense page
// must stay near 3 kB, so coordinates are whole pixels and an operator is written only where its value changes.
import type { Page } from "@legible/shared/document";
import { type Bridge, columnBridges, lineBridge } from "./column-bridges.ts";
import { advanceEm } from "./glyphless-font.ts";
import { outOfGutters } from "./gutter-lines.ts";
import type { LayerCodes } from "./layer-codes.ts";
import { isAskew, isBeside, layerColumns } from "./layer-columns.ts";
import { type LayerLine, layerLines } from "./layer-lines.ts";
import { layerSizes } from "./layer-sizes.ts";
import { type LineFrame, lineFrame } from "./line-frame.ts";
import { visualOrder } from "./visual-order.ts";

/** Error of a word's width that nobody sees, em: a pixel at 300 dpi and 8 pt. Allowing it halves the numbers written. */
const toleranceEm = 0.03;

/** a b c d e f of a PDF transformation. */
export type Matrix = readonly [number, number, number, number, number, number];

/** Narrowest gap left between two words, em: readers take words closer than 0.1 to 0.15 em for one. */
const gapEm = 0.2;
/**
 * Widest gap left between two words of a line, em; what is more is given to the word before. Poppler takes words further apart
 * than 0.7 em for two columns, and then reads the line in pieces.
 */
const widestGapEm = 0.5;
/** Widest gap closed between two characters that are written without space, em. */
const closedGapEm = 0.5;

/** Zero width space: no letter for any search, nothing to see when copied. */
const bridgeCharacter = "\u200b";

/**
 * The layer of `page`, or undefined when it has no words. `toUserSpace` takes the page's pixels, y pointing up from the
 * lower edge, to the PDF page's user space; `fontName` is the font's name in the page's resources.
 */
export function textLayer(page: Page, toUserSpace: Matrix, codes: LayerCodes, fontName: string): Buffer | undefined {
  const lines = outOfGutters(layerLines(page));
  if (lines.length === 0) return undefined;
  // The page's rows are the user space's columns.
  const sideways = Math.abs(toUserSpace[0]) < Math.abs(toUserSpace[1]);
  const pen: Pen = { out: [], x: 0, y: 0, size: 0, scale: 100, turned: false, sideways, fontName, codes };
  pen.out.push(latin(`q ${toUserSpace.map(shortNumber).join(" ")} cm BT 3 Tr`));
  const pieces = layerColumns(lines);
  const sizes = layerSizes(pieces);
  const frames = new Map(lines.map((line) => [line, lineFrame(line, page.height, sizes.ofLine(line))]));
  const frameOf = (line: LayerLine) => frames.get(line) ?? lineFrame(line, page.height, sizes.ofLine(line));
  for (const line of lines) writeLine(pen, line, frameOf(line));
  for (const line of lines) for (const bridge of lineBridge(line, frameOf(line))) writeBridge(pen, bridge);
  for (const piece of pieces.filter((one) => isAskew(one) || pieces.some((other) => isBeside(one, other)))) {
    for (const bridge of columnBridges(piece, sizes.ofPiece(piece), frameOf)) writeBridge(pen, bridge);
  }
  pen.out.push(latin(" ET Q\n"));
  return Buffer.concat(pen.out);
}

type Pen = {
  out: Buffer[];
  /** Start of the present line in the coordinates that Td counts in. */
  x: number;
  y: number;
  size: number;
  /** Horizontal scaling, %. */
  scale: number;
  /** Whether the last line ran down, so that the next must set its own matrix. */
  turned: boolean;
  /** On such pages pdfium ends the line after every space that is shown by itself. */
  sideways: boolean;
  fontName: string;
  codes: LayerCodes;
};

/** After all lines, so that readers that keep the order of the content find it last. */
function writeBridge(pen: Pen, { x, y, width, size }: Bridge): void {
  if (size !== pen.size) pen.out.push(latin(`/${pen.fontName} ${size} Tf`));
  pen.size = size;
  pen.out.push(latin(pen.turned ? ` 1 0 0 1 ${x} ${y} Tm` : ` ${x - pen.x} ${y - pen.y} Td`));
  pen.x = x;
  pen.y = y;
  pen.turned = false;
  show(pen, pen.codes.codesOf(bridgeCharacter), width, advanceEm * size);
}

function writeLine(pen: Pen, line: LayerLine, frame: LineFrame): void {
  if (frame.size !== pen.size) pen.out.push(latin(`/${pen.fontName} ${frame.size} Tf`));
  pen.size = frame.size;
  const { x, y } = frame.origin;
  if (frame.vertical) pen.out.push(latin(` 0 -1 1 0 ${x} ${y} Tm`));
  else if (pen.turned) pen.out.push(latin(` 1 0 0 1 ${x} ${y} Tm`));
  else pen.out.push(latin(` ${x - pen.x} ${y - pen.y} Td`));
  pen.x = x;
  pen.y = y;
  pen.turned = frame.vertical;
  writeWords(pen, line, frame);
}

function writeWords(pen: Pen, line: LayerLine, frame: LineFrame): void {
  const unit = advanceEm * frame.size;
  // Px along the line from its origin: where the next character would stand, and where Td last moved to.
  let at = 0;
  let moved = 0;
  let risen = 0;
  line.words.forEach((word, index) => {
    const [start, end] = frame.extent(word.bbox);
    const rise = frame.rise(word.bbox);
    if (start < at - unit || index === 0 || rise !== risen) {
      const step = Math.round(start) - moved;
      if (step !== 0 || rise !== risen) pen.out.push(latin(` ${step} ${rise - risen} Td`));
      moved += step;
      risen = rise;
      at = moved;
    }
    const next = line.words[index + 1];
    const nextStart = next === undefined ? undefined : frame.extent(next.bbox)[0];
    const spaced = line.spaced[index] === true;
    const codes = pen.codes.codesOf(visualOrder(word.text));
    const width = fittedWidth(end - at, nextStart === undefined ? undefined : nextStart - at, spaced, frame.size);
    const space = pen.codes.codesOf(" ");
    if (spaced && pen.sideways) {
      show(pen, [...codes, ...space], (width * (codes.length + 1)) / codes.length, unit);
      // Whatever the space took, the next word is to be set where it stands.
      at = Number.POSITIVE_INFINITY;
    } else {
      at += show(pen, codes, width, unit);
      if (spaced) at += show(pen, space, Math.max((nextStart ?? at) - at, 0), unit);
    }
  });
  pen.x += moved;
  pen.y += risen;
}

/** Width to give a word that ends at `end` when the next one starts at `next` (px from the word's start). */
function fittedWidth(end: number, next: number | undefined, spaced: boolean, size: number): number {
  if (next === undefined || next <= 0) return end;
  if (spaced) return Math.max(Math.min(end, next - gapEm * size), end / 2, next - widestGapEm * size);
  return next - end <= closedGapEm * size ? next : end;
}

/** Shows `codes` scaled to about `width` px; returns the width it really takes, so that the next word can make up for it. */
function show(pen: Pen, codes: number[], width: number, unit: number): number {
  const natural = codes.length * unit;
  const tolerance = toleranceEm * pen.size;
  const goesOn = Math.abs((natural * pen.scale) / 100 - width) <= tolerance;
  const step = [10, 5, 2].find((percent) => (natural * percent) / 200 <= tolerance) ?? 1;
  const scale = goesOn ? pen.scale : Math.max(step, Math.round((100 * width) / natural / step) * step);
  if (scale !== pen.scale) pen.out.push(latin(` ${scale} Tz`));
  pen.scale = scale;
  pen.out.push(literalString(codes), latin("Tj"));
  return (natural * scale) / 100;
}

/** A literal string of two-byte codes. Parentheses and backslash need one more byte, and a bare CR would be read as LF. */
function literalString(codes: number[]): Buffer {
  const bytes = [0x28];
  for (const code of codes) {
    for (const byte of [code >> 8, code & 255]) {
      if (byte === 0x28 || byte === 0x29 || byte === 0x5c) bytes.push(0x5c, byte);
      else if (byte === 0x0d) bytes.push(0x5c, 0x72);
      else bytes.push(byte);
    }
  }
  bytes.push(0x29);
  return Buffer.from(bytes);
}

/** Five decimals hold a tenth of a pixel over 10,000. PDF knows no exponents. */
function shortNumber(value: number): string {
  return String(Number(value.toFixed(5))).replace(/^(-?)0\./u, "$1.");
}

const latin = (text: string): Buffer => Buffer.from(text, "latin1");
