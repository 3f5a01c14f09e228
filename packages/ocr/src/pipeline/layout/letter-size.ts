// The size of the type on a recognised page. A box around a word is as tall as its letters happen to be ("on" against "jog"),
// so each word's height is divided by the share of the font's height that its letters take.
import type { RecognisedLine } from "../engine/engine.ts";
import { weightedMedian } from "./layout-line.ts";

/** Shares of the font's height in common text faces (Times, Arial, Liberation): the x-height, what rises above it, what hangs below. */
const xHeight = 0.5;
const rise = 0.21;
const hang = 0.2;
/** Chinese, Japanese and Korean characters fill this much of their square. */
const squareHeight = 0.88;

const square = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const rising = /[\p{Lu}\p{N}bdfhijkltßáàâäéèêëíìîïóòôöúùûü()[\]{}/|$%&?!'"“”]/u;
const hanging = /[gjpqyçQ()[\]{}/|,;$]/u;
const letters = /[\p{L}\p{N}]/u;

/** Height of the font of `line`, px; 0 when no word of it tells. */
export function letterSize(line: RecognisedLine): number {
  const sizes = line.words
    .filter((word) => letters.test(word.text))
    .map(({ text, bbox }) => {
      const share = square.test(text)
        ? squareHeight
        : xHeight + (rising.test(text) ? rise : 0) + (hanging.test(text) ? hang : 0);
      return [(bbox[3] - bbox[1]) / share, text.length] as const;
    });
  return sizes.length === 0 ? line.bbox[3] - line.bbox[1] : weightedMedian(sizes);
}
