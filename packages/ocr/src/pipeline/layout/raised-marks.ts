// Marks of notes: a small figure, letter or sign raised beside a word. Only a PDF tells sizes and heights well enough.
import type { RecognisedWord } from "../engine/engine.ts";

/** Characters `from` to `to` (not included) of a word's text are such a mark. */
export type RaisedMark = { from: number; to: number };

/** Letters of a mark are smaller than the line's by so much, and stand higher by so much of its size. */
const smaller = 0.85;
const higher = 0.12;
const markText = /^(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})$/u;
/** Signs that are raised by their own shape. */
const signAtEnd = /[*†‡]{1,3}$/u;

type Letter = { text: string; size: number; baseline: number };

/** The mark at the end, or else at the beginning, of a word of a line of this size that stands on `baseline` (px from the top). */
export function raisedMark(letters: readonly Letter[], size: number, baseline: number): RaisedMark | undefined {
  const isRaised = (letter: Letter) => letter.size <= size * smaller && baseline - letter.baseline >= size * higher;
  const text = letters.map((letter) => letter.text).join("");
  const length = (some: readonly Letter[]) => some.reduce((sum, letter) => sum + letter.text.length, 0);
  const last = letters.findLastIndex((letter) => !isRaised(letter));
  const first = letters.findIndex((letter) => !isRaised(letter));
  const end = length(letters.slice(last + 1));
  const start = first < 0 ? text.length : length(letters.slice(0, first));
  if (end > 0 && markText.test(text.slice(-end))) return { from: text.length - end, to: text.length };
  if (start > 0 && markText.test(text.slice(0, start))) return { from: 0, to: start };
  const sign = signAtEnd.exec(text);
  return sign === null || sign.index === 0 ? undefined : { from: sign.index, to: text.length };
}

/** The mark of a word to which `next` was joined without a space. */
export function joinedMark(word: RecognisedWord, next: RecognisedWord): RaisedMark | undefined {
  const before = word.text.length;
  if (next.mark !== undefined) return { from: next.mark.from + before, to: next.mark.to + before };
  return word.mark;
}
