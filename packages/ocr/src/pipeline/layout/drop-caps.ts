// Initials that reach down over several lines: they are the first letter of the word beside their head.
import type { RecognisedWord } from "../engine/engine.ts";
import { baselineOf, type LayoutLine, partOfLine } from "./layout-line.ts";

/** Lines beside an initial. One is a large letter in a line, more are an ornament. */
const deepest = 4;
/** An initial is at least so high, and its feet and its head stand so near to those of its lines, in sizes of their type. */
const lowest = 1.5;
const near = 0.45;
/** White between an initial and its lines, in the same measure; letters such as L and A have their own in their boxes. */
const widestGap = 1.2;
/** The lines beside an initial begin under each other, in the same measure: they may follow the slope of an A. */
const sameEdge = 0.7;

const initial = /^["“„«‘']?\p{Lu}$/u;
/** What goes on a word that English can end after one letter: no word begins so. */
const restAfterA =
  /^(?:[bdmnst]|bout|bove|cross|fter|gain|gainst|lso|lways|long|mong|nother|ny|re|round|way|(?:cc|dd|ff|ft|ll|lm|lt|mb|mm|mp|nc|nd|ng|nn|nt|pp|rc|rg|rm|rr|rt|ss|st|tt)\p{Ll}*)$/iu;
const restAfterI = /^(?:[fnst]|ts|nto|(?:mm|mp|nc|nd|nf|nn|ns|nt|nv|rr|ss|tt)\p{Ll}*)$/iu;

/** `lines` with each initial in the first of its lines; the others begin, for layout, where the initial does. */
export function withDropCaps(lines: readonly LayoutLine[]): LayoutLine[] {
  let joined = [...lines];
  for (const line of lines) {
    const [word, ...rest] = line.words;
    if (word === undefined || !initial.test(word.text)) continue;
    const cap = partOfLine(line, [word]);
    const others = joined.flatMap((other) => {
      if (other !== line) return [other];
      return rest.length === 0 ? [] : [partOfLine(line, rest)];
    });
    const beside = besideCap(cap, others);
    if (beside.length > 0)
      joined = others.map((other) => (beside.includes(other) ? inParagraph(other, cap, beside) : other));
  }
  return joined;
}

function inParagraph(line: LayoutLine, cap: LayoutLine, [first]: readonly LayoutLine[]): LayoutLine {
  const words = line === first ? cap.words.flatMap((word) => withInitial(word, line.words)) : line.words;
  const [, y0, x1, y1] = line.bbox;
  return { ...line, words, bbox: [cap.bbox[0], y0, x1, y1] };
}

/** The lines that `cap` reaches over, from its head to its feet; none when it is no initial. */
function besideCap(cap: LayoutLine, lines: readonly LayoutLine[]): LayoutLine[] {
  const [, top, right, bottom] = cap.bbox;
  const column = lines
    .filter((line) => line !== cap && line.bbox[0] > cap.bbox[0] && line.bbox[0] - right <= widestGap * line.size)
    .filter((line) => line.bbox[0] >= right - line.size / 4 && bottom - top >= lowest * 0.66 * line.size)
    .filter((line) => baselineOf(line) > top && line.bbox[1] < bottom)
    .sort((a, b) => baselineOf(a) - baselineOf(b));
  const [first] = column;
  const last = column.at(-1);
  if (first === undefined || last === undefined || column.length < 2 || column.length > deepest) return [];
  const fits =
    Math.abs(first.bbox[1] - top) <= near * first.size &&
    Math.abs(baselineOf(last) - bottom) <= near * last.size &&
    column.every((line) => Math.abs(line.bbox[0] - first.bbox[0]) <= sameEdge * first.size) &&
    /^\p{L}/u.test(first.words[0]?.text ?? "");
  return fits ? column : [];
}

/** The initial's box is as high as the line: it reaches over others. */
function withInitial(cap: RecognisedWord, words: readonly RecognisedWord[]): RecognisedWord[] {
  const [next, ...rest] = words;
  if (next === undefined) return [cap];
  const [, y0, , y1] = next.bbox;
  const letter = cap.text.slice(-1);
  const isWord = (letter === "A" && !restAfterA.test(next.text)) || (letter === "I" && !restAfterI.test(next.text));
  if (isWord) return [{ ...cap, bbox: [cap.bbox[0], y0, cap.bbox[2], y1] }, ...words];
  const confidence = Math.min(cap.confidence, next.confidence);
  return [{ ...next, text: cap.text + next.text, bbox: [cap.bbox[0], y0, next.bbox[2], y1], confidence }, ...rest];
}
