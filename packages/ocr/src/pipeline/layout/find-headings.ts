// Which groups of lines are headings, and of which level. Something must set them apart: larger or bolder type, or numbering that
// only headings have. Body-sized plain lines stay paragraphs.
import { isSideways, type LayoutLine, lineConfidence, lineText } from "./layout-line.ts";

export type BodyText = { size: number; bold: boolean };

/** Type this much larger than the body's is a heading's. On pictures sizes are measured to about 7 %. */
const largerInText = 1.12;
const largerOnPicture = 1.2;
const mostLines = 3;
/** Headings are short: longest one in characters, CJK counting double. */
const longest = 160;
/** A bold line as long as this is emphasis. */
const longestBold = 100;
/** Numbered headings without larger or bolder type must be shorter still. */
const longestNumbered = 44;
/** Levels by size in body sizes; the usual ratios of word processors and browsers lie between (2, 1.5, 1.17). */
const levelSizes: readonly number[] = [1.62, 1.3, 1.1];

/** What the engine itself hardly believes is a picture or a rule that it took for letters. */
const leastConfidence = 45;

const caption = /^(table|figure|fig\.|tab\.|chart|exhibit|表|圖|图|図)\s*[\d一二三四五六七八九十]/iu;
const chapter =
  /^(第\s*[\d一二三四五六七八九十百]+\s*[章節节編编部篇]|chapter\s+\d|appendix\s+[A-Z\d]\b|[壹貳參肆伍陸柒捌玖拾][、.．])/iu;
const countedChinese = /^([一二三四五六七八九十]{1,3})、/u;
const bracketed = /^[（(][一二三四五六七八九十]{1,3}[)）]/u;
const decimal = /^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+\p{L}/u;
const sentenceEnd = /[.。,，;；:：、]["”’)」』）]?$/u;
const colonEnd = /[:：,，;；、]$/u;

/** Level of the heading that `lines` are, or undefined. `alone` tells that no line of the same style follows closely. */
export function headingLevel(lines: readonly LayoutLine[], body: BodyText, onPicture: boolean): number | undefined {
  const text = lines.map(lineText).join(" ").trim();
  const length = widthInCharacters(text);
  if (lines.length > mostLines || length > longest || length < 2 || caption.test(text)) return undefined;
  if (!/\p{L}{2}|\p{Script=Han}/u.test(text) || lines.some(isSideways)) return undefined;
  // Of sizes that were measured a line in the middle of a sentence may have a wrong one.
  if (onPicture && /^\p{Ll}/u.test(text)) return undefined;
  if (lineConfidence(lines) < leastConfidence) return undefined;
  const size = Math.max(...lines.map((line) => line.size));
  const scale = body.size === 0 ? 1 : size / body.size;
  const larger = scale >= (onPicture ? largerOnPicture : largerInText);
  const bolder = !body.bold && lines.every((line) => line.bold);
  const isHeading =
    (larger && !(length > longestNumbered && /[.。]$/u.test(text))) ||
    (bolder && lines.length <= 2 && length <= longestBold && !sentenceEnd.test(text) && scale > 0.85) ||
    (numbering(text) && lines.length === 1 && length <= longestNumbered && !sentenceEnd.test(text) && scale > 0.9);
  if (!isHeading || (colonEnd.test(text) && !larger)) return undefined;
  return level(text, scale);
}

/** True when `text` begins as only headings do. A plain "1 " or "一、" may begin an item of a list: those the caller must know. */
function numbering(text: string): boolean {
  return (
    chapter.test(text) ||
    countedChinese.test(text) ||
    bracketed.test(text) ||
    /^\d{1,2}(\.\d{1,2}){1,3}\.?\s+\p{Lu}/u.test(text)
  );
}

function level(text: string, scale: number): number {
  const depth = decimal.exec(text)?.[1]?.split(".").length;
  // The document's title is the first level, its chapters the second.
  if (depth !== undefined) return Math.min(6, depth + 1);
  const bySize = levelSizes.findIndex((size) => scale >= size);
  if (chapter.test(text) || countedChinese.test(text)) return bySize === 0 ? 1 : 2;
  if (bracketed.test(text)) return 3;
  return bySize < 0 ? 3 : bySize + 1;
}

/** Isolated captions of tables and figures. */
export function isCaption(lines: readonly LayoutLine[]): boolean {
  return lines.length <= mostLines && caption.test(lines.map(lineText).join(" ").trim());
}

function widthInCharacters(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u.test(character) ? 2 : 1;
  return width;
}
