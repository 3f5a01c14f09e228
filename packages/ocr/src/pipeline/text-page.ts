// A page that has real text: pdfium's characters become words and lines, with the size and weight of the PDF's own fonts.
// The order is that of the PDF's tags, or else pdfium's, which follows the page's content.

import type { Box } from "@legible/shared/document";
import { bookmarkedLines } from "./bookmarked-lines.ts";
import type { RecognisedWord } from "./engine/engine.ts";
import { joinedParts } from "./joined-parts.ts";
import { withDropCaps } from "./layout/drop-caps.ts";
import { withFootnotes } from "./layout/find-footnotes.ts";
import { type LayoutLine, weightedMedian } from "./layout/layout-line.ts";
import { noRules, type PageRules } from "./layout/page-rules.ts";
import { raisedMark } from "./layout/raised-marks.ts";
import { structure } from "./layout/structure.ts";
import { withLooseLine } from "./loose-lines.ts";
import { inReadingOrder } from "./page-order.ts";
import { type DraftBlock, union } from "./page-tree.ts";
import type { Bookmark } from "./pdf/page-bookmarks.ts";
import type { PdfCharacter } from "./pdf/pdf-characters.ts";
import type { PageTags } from "./pdf/pdf-tags.ts";
import { type BlockLine, taggedLines } from "./tagged-lines.ts";

/** pdfium's sign for a hyphen at the end of a line (it then joins the lines). */
const joiningHyphen = "\u0002";
/** Share of a line's characters that must be bold; the rest is a number or a mark in another font. */
const mostlyBold = 0.8;

/** The white between a bullet and its line, in sizes: half an em to a tab. */
const narrowestDotGap = 0.15;
const widestDotGap = 2.2;
/** A bullet is this high and wide at most, in sizes. */
const largestDot = 0.62;

/** What a page holds besides its characters: boxes of small marks and rules drawn on it, px, its tags, and bookmarks that lead to it. */
export type TextSetting = {
  dots?: readonly Box[];
  rules?: PageRules;
  tags?: PageTags | undefined;
  bookmarks?: readonly Bookmark[];
};

/** The blocks of the page, in order. */
export function layOutText(
  characters: readonly PdfCharacter[],
  { dots = [], rules = noRules, tags, bookmarks = [] }: TextSetting = {},
): DraftBlock[] {
  const seen = characters.filter((character) => character.visible);
  const tagged = tags === undefined ? undefined : taggedLines(toLines(seen, tags), tags);
  const marked = (lines: readonly LayoutLine[]) => bookmarkedLines(withDots(lines, dots), bookmarks);
  if (tagged !== undefined) {
    const { lines, told } = tagged;
    return withFootnotes(structure(told.headings ? withDots(lines, dots) : marked(lines), false, { rules, told }));
  }
  // A page most of which is turned is read as it is written; on others turned text is no part of the running text.
  const turned = ofKind(seen, "turned", true);
  const isAside = turned.length <= seen.length / 2;
  const level = isAside ? ofKind(seen, "turned", false) : seen;
  const linesOf = (added: boolean) =>
    joinedParts(withDropCaps(toLines(ofKind(level, "added", added)).map(({ line }) => line)));
  const lines = linesOf(true).reduce<LayoutLine[]>(withLooseLine, inReadingOrder(linesOf(false)));
  const aside = toLines(isAside ? turned : []).map(({ line }): DraftBlock => ({ type: "paragraph", lines: [line] }));
  return [...withFootnotes(structure(marked(lines), false, { rules })), ...aside];
}

/** Those of the characters for which `kind` is `value`, with the spaces and line ends that follow them. */
function ofKind(characters: readonly PdfCharacter[], kind: "added" | "turned", value: boolean): PdfCharacter[] {
  let last = false;
  return characters.filter((character) => {
    if (!character.generated) last = character[kind];
    return last === value;
  });
}

function withDots(lines: readonly LayoutLine[], dots: readonly Box[]): LayoutLine[] {
  return lines.map((line) => withDot(line, dots));
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

/** Lines in the page's own order. With `tags` a line ends at the end of a block, too. */
function toLines(characters: readonly PdfCharacter[], tags?: PageTags): BlockLine[] {
  const lines: BlockLine[] = [];
  let line: PdfCharacter[][] = [];
  let word: PdfCharacter[] = [];
  let block: number | undefined;
  let content: number | undefined;
  const endWord = () => {
    if (word.length > 0) line.push(word);
    word = [];
  };
  const endLine = () => {
    endWord();
    const made = toLine(line);
    if (made !== undefined) lines.push({ line: made, block, content });
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
      const own = character.content === undefined ? undefined : tags?.blockOf.get(character.content);
      if ((last !== undefined && jumps(last, character)) || isOtherBlock(own, block, tags)) endLine();
      if (word.length + line.length === 0) [block, content] = [own, character.content];
      word.push(character);
      last = character;
    }
  }
  endLine();
  return lines;
}

/** Pieces of text without a block of their own, such as links in it, make lines together. */
function isOtherBlock(own: number | undefined, block: number | undefined, tags: PageTags | undefined): boolean {
  if (own === block) return false;
  const isFree = (one: number | undefined) => one !== undefined && tags?.blocks[one]?.type === undefined;
  return !isFree(own) || !isFree(block);
}

/** True when `next` cannot stand on the same line, although no line end came between. */
function jumps(last: PdfCharacter, next: PdfCharacter): boolean {
  if (last.turned && next.turned) return false;
  const height = Math.max(last.size, next.size);
  const shift = Math.abs(next.baseline - last.baseline);
  // Further left, and on another height than any raised mark: pdfium forgets line ends after such marks.
  return shift > height * 1.5 || (next.bbox[2] < last.bbox[0] && shift > height * 0.7);
}

function toLine(words: readonly PdfCharacter[][]): LayoutLine | undefined {
  const characters = words.flat();
  const first = characters[0];
  if (first === undefined) return undefined;
  const size = weightedMedian(characters.map((character) => [character.size, 1]));
  const baseline = weightedMedian(characters.map((character) => [character.baseline, 1]));
  const made = words.map((word): RecognisedWord => {
    const mark = raisedMark(word, size, baseline);
    return {
      text: word.map((character) => character.text).join(""),
      bbox: union(word.map((character) => character.bbox)),
      confidence: 100,
      ...(mark === undefined ? {} : { mark }),
    };
  });
  const bbox = union(made.map((word) => word.bbox));
  return {
    bbox,
    baseline: [bbox[0], baseline, bbox[2], baseline],
    words: made,
    size,
    fixed: characters.every((character) => character.fixed),
    bold: characters.filter((character) => character.bold).length >= characters.length * mostlyBold,
  };
}
