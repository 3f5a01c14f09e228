// A page that has real text: pdfium's characters become words and lines, with the size and weight of the PDF's own fonts.
// The order is pdfium's, which follows the page's content.

import type { Box } from "@legible/shared/document";
import type { RecognisedWord } from "./engine/engine.ts";
import { type LayoutLine, weightedMedian } from "./layout/layout-line.ts";
import { structure } from "./layout/structure.ts";
import { type DraftBlock, union } from "./page-tree.ts";
import type { PdfCharacter } from "./pdf/pdf-characters.ts";

/** pdfium's sign for a hyphen at the end of a line (it then joins the lines). */
const joiningHyphen = "\u0002";
/** Share of a line's characters that must be bold; the rest is a number or a mark in another font. */
const mostlyBold = 0.8;

/** The white between a bullet and its line, in sizes: half an em to a tab. */
const narrowestDotGap = 0.15;
const widestDotGap = 2.2;
/** A bullet is this high and wide at most, in sizes. */
const largestDot = 0.62;

/** The blocks of the page, in order. `dots` are boxes of small marks drawn on the page, px. */
export function layOutText(characters: readonly PdfCharacter[], dots: readonly Box[] = []): DraftBlock[] {
  const lines = toLines(characters.filter((character) => character.visible));
  return structure(
    lines.map((line) => withDot(line, dots)),
    false,
  );
}

/** The line with the bullet drawn before it: one that stands between the line's feet and the height of its small letters. */
function withDot(line: LayoutLine, dots: readonly Box[]): LayoutLine {
  const { size, bbox, baseline } = line;
  const dot = dots.find(([x0, y0, x1, y1]) => {
    const gap = (bbox[0] - x1) / size;
    const rise = (baseline[1] - (y0 + y1) / 2) / size;
    return gap > narrowestDotGap && gap < widestDotGap && rise > 0.08 && rise < 0.55 && x1 - x0 < size * largestDot;
  });
  return dot === undefined ? line : { ...line, dot: dot[0] };
}

function toLines(characters: readonly PdfCharacter[]): LayoutLine[] {
  const lines: LayoutLine[] = [];
  let line: PdfCharacter[][] = [];
  let word: PdfCharacter[] = [];
  const endWord = () => {
    if (word.length > 0) line.push(word);
    word = [];
  };
  const endLine = () => {
    endWord();
    const made = toLine(line);
    if (made !== undefined) lines.push(made);
    line = [];
  };
  let last: PdfCharacter | undefined;
  for (const character of characters) {
    if (character.text === "\r" || character.text === "\n") {
      endLine();
      last = undefined;
    } else if (character.text === joiningHyphen) {
      word.push({ ...character, text: "-" });
      endLine();
      last = undefined;
    } else if (character.text.trim() === "") {
      endWord();
    } else {
      if (last !== undefined && jumps(last, character)) endLine();
      word.push(character);
      last = character;
    }
  }
  endLine();
  return lines;
}

/** True when `next` cannot stand on the same line, although no line end came between. */
function jumps(last: PdfCharacter, next: PdfCharacter): boolean {
  const height = Math.max(last.size, next.size);
  return Math.abs(next.baseline - last.baseline) > height * 1.5;
}

function toLine(words: readonly PdfCharacter[][]): LayoutLine | undefined {
  const characters = words.flat();
  const first = characters[0];
  if (first === undefined) return undefined;
  const made: RecognisedWord[] = words.map((word) => ({
    text: word.map((character) => character.text).join(""),
    bbox: union(word.map((character) => character.bbox)),
    confidence: 100,
  }));
  const bbox = union(made.map((word) => word.bbox));
  const size = weightedMedian(characters.map((character) => [character.size, 1]));
  const baseline = weightedMedian(characters.map((character) => [character.baseline, 1]));
  return {
    bbox,
    baseline: [bbox[0], baseline, bbox[2], baseline],
    words: made,
    size,
    bold: characters.filter((character) => character.bold).length >= characters.length * mostlyBold,
  };
}
