// A page that has real text: pdfium's characters become words, lines and paragraphs; clearly larger text becomes headings.
// The order is pdfium's, which follows the page's content.
import type { RecognisedLine, RecognisedWord } from "./engine/engine.ts";
import { type DraftBlock, union } from "./page-tree.ts";
import type { PdfCharacter } from "./pdf/pdf-characters.ts";

type TextLine = RecognisedLine & { size: number; top: number; left: number; right: number };

/** pdfium's sign for a hyphen at the end of a line (it then joins the lines). */
const joiningHyphen = "\u0002";
/** A line this much larger than the page's usual text is a heading; with more lines than that it is large print. */
const headingScale = 1.18;
const headingLines = 3;
/** Lines further apart than this many usual distances start a new paragraph. */
const paragraphGap = 1.35;
/** Sizes that differ by less are the same, as a share. */
const sameSize = 0.08;

/** Paragraphs and headings of the page, in order. */
export function layOutText(characters: readonly PdfCharacter[]): DraftBlock[] {
  const lines = toLines(characters.filter((character) => character.visible));
  const usualSize = weightedMedian(lines.map((line) => [line.size, lineLength(line)]));
  const usualStep = weightedMedian(steps(lines).map((step) => [step, 1]));
  const groups: TextLine[][] = [];
  for (const line of lines) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && continues(last, line, usualStep)) groups.at(-1)?.push(line);
    else groups.push([line]);
  }
  return markHeadings(groups, usualSize);
}

function toLines(characters: readonly PdfCharacter[]): TextLine[] {
  const lines: TextLine[] = [];
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

function toLine(words: readonly PdfCharacter[][]): TextLine | undefined {
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
    top: baseline,
    left: bbox[0],
    right: bbox[2],
  };
}

function continues(last: TextLine, next: TextLine, usualStep: number): boolean {
  const step = next.top - last.top;
  const overlap = Math.min(last.right, next.right) - Math.max(last.left, next.left);
  const alike = Math.abs(next.size - last.size) <= sameSize * Math.max(next.size, last.size);
  const longest = Math.max(usualStep * paragraphGap, next.size);
  return alike && overlap > 0 && step > 0 && step <= Math.min(longest, next.size * 2.2);
}

/** Distances between lines that follow each other downwards, px. */
function steps(lines: readonly TextLine[]): number[] {
  return lines.slice(1).flatMap((line, index) => {
    const last = lines[index];
    const step = last === undefined ? 0 : line.top - last.top;
    return step > 0 && step < line.size * 2.2 ? [step] : [];
  });
}

function markHeadings(groups: readonly TextLine[][], usualSize: number): DraftBlock[] {
  const sizeOf = (lines: readonly TextLine[]) => Math.max(...lines.map((line) => line.size));
  const isHeading = (lines: readonly TextLine[]) =>
    lines.length <= headingLines &&
    sizeOf(lines) >= usualSize * headingScale &&
    lines.some((line) => line.words.some((word) => /\p{L}/u.test(word.text)));
  const levels: number[] = [];
  for (const size of groups
    .filter(isHeading)
    .map(sizeOf)
    .sort((a, b) => b - a)) {
    const known = levels.at(-1);
    if (known === undefined || size < known * (1 - sameSize)) levels.push(size);
  }
  return groups.map((lines) => {
    if (!isHeading(lines)) return { type: "paragraph", lines };
    const level = levels.findIndex((size) => sizeOf(lines) >= size * (1 - sameSize)) + 1;
    return { type: "heading", level: Math.min(6, Math.max(1, level)), lines };
  });
}

function lineLength(line: TextLine): number {
  return line.words.reduce((sum, word) => sum + word.text.length, 0);
}

/** The value in the middle when each counts `weight` times; 0 for none. */
function weightedMedian(values: readonly (readonly [value: number, weight: number])[]): number {
  const sorted = [...values].sort(([a], [b]) => a - b);
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let seen = 0;
  for (const [value, weight] of sorted) {
    seen += weight;
    if (seen >= half) return value;
  }
  return 0;
}
