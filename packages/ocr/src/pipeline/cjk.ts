// Chinese and Japanese are written without spaces, but engines put one between most characters. Neighbours are joined into runs.
import type { RecognisedWord } from "./engine/engine.ts";

/** A Chinese, Japanese or Korean character: each stands in a square of its own. */
export const squareLetter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Han, kana, and the punctuation and full-width forms written among them. Hangul stands apart: Korean uses spaces. */
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff01-\uff60]/u;
/** A gap wider than this many heights of the word is layout (columns of a table), not a space between characters. */
const widestGap = 1.2;

/** `words` of one line with CJK neighbours joined: one box around them, confidence weighted by length. */
export function joinCjkWords(words: readonly RecognisedWord[]): RecognisedWord[] {
  const joined: RecognisedWord[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && touches(last, word)) joined[joined.length - 1] = merge(last, word);
    else joined.push(word);
  }
  return joined;
}

function touches(left: RecognisedWord, right: RecognisedWord): boolean {
  if (!cjk.test([...left.text].at(-1) ?? "") || !cjk.test([...right.text].at(0) ?? "")) return false;
  const height = Math.max(left.bbox[3] - left.bbox[1], right.bbox[3] - right.bbox[1]);
  return right.bbox[0] - left.bbox[2] <= height * widestGap;
}

function merge(left: RecognisedWord, right: RecognisedWord): RecognisedWord {
  const [leftLength, rightLength] = [[...left.text].length, [...right.text].length];
  return {
    text: left.text + right.text,
    bbox: [
      Math.min(left.bbox[0], right.bbox[0]),
      Math.min(left.bbox[1], right.bbox[1]),
      Math.max(left.bbox[2], right.bbox[2]),
      Math.max(left.bbox[3], right.bbox[3]),
    ],
    confidence: (left.confidence * leftLength + right.confidence * rightLength) / (leftLength + rightLength),
  };
}
