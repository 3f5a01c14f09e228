// The size of the type on a recognised page. A box around a word is as tall as its letters happen to be ("on" against "jog"),
// so each word's height is divided by the share of the font's height that its letters take.
import { squareLetter } from "../cjk.ts";
import type { RecognisedLine } from "../engine/engine.ts";
import { weightedMedian } from "./layout-line.ts";

/** Shares of the font's height in common text faces (Times, Arial, Liberation): the x-height, what rises above it, what hangs below. */
const xHeight = 0.5;
const rise = 0.21;
const hang = 0.2;
/** Chinese, Japanese and Korean characters fill this much of their square. */
const squareHeight = 0.88;

const rising = /[\p{Lu}\p{N}bdfhijkltßáàâäéèêëíìîïóòôöúùûü()[\]{}/|$%&?!'"“”]/u;
const hanging = /[gjpqyçQ()[\]{}/|,;$]/u;
const letters = /[\p{L}\p{N}]/u;

/** Chinese and Japanese characters stand on a grid as wide as the font is high; so many of its cells must be seen to trust it. */
const fewestCells = 2;
/** What is missing at both ends of a run of them, in cells: the white beside the outermost strokes. */
const sideWhite = 0.12;
/** Punctuation fills its cell only partly: it counts inside a run, not at its ends. */
const squares =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}](?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u301f\uff01-\uff60]*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])?$/u;

/** Height of the font of `line`, px: the grid's where there is one, else what the heights of the words tell. */
export function letterSize(line: RecognisedLine): number {
  const cells = gridCells(line);
  if (cells.reduce((sum, [, count]) => sum + count, 0) >= fewestCells) return weightedMedian(cells);
  const sizes = line.words
    .filter((word) => letters.test(word.text))
    .map(({ text, bbox }) => {
      const share = squareLetter.test(text)
        ? squareHeight
        : xHeight + (rising.test(text) ? rise : 0) + (hanging.test(text) ? hang : 0);
      return [(bbox[3] - bbox[1]) / share, text.length] as const;
    });
  return sizes.length === 0 ? line.bbox[3] - line.bbox[1] : weightedMedian(sizes);
}

/** True when the size of `line` comes from the grid or from alphabetic words, both of which can be relied on; marks alone tell nothing. */
export function isSizeSure(line: RecognisedLine): boolean {
  if (!line.words.some((word) => letters.test(word.text))) return false;
  if (!line.words.some((word) => squareLetter.test(word.text))) return true;
  return gridCells(line).reduce((sum, [, count]) => sum + count, 0) >= fewestCells;
}

/** Widths of the grid's cells, px, each with the number of cells it was measured on. */
function gridCells({ words }: RecognisedLine): [size: number, cells: number][] {
  const found: [number, number][] = [];
  for (const [index, word] of words.entries()) {
    if (!squares.test(word.text)) continue;
    const count = [...word.text].length;
    if (count > 1) found.push([(word.bbox[2] - word.bbox[0]) / (count - sideWhite), count]);
    const next = words[index + 1];
    if (next === undefined || !squares.test(next.text)) continue;
    const between = (count + [...next.text].length) / 2;
    found.push([(next.bbox[0] + next.bbox[2] - word.bbox[0] - word.bbox[2]) / 2 / between, 1]);
  }
  return found;
}
