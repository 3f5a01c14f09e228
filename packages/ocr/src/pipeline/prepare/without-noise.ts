// Words that the engine made out of no text: borders of scans, textures, specks, pictures, handwriting. It reads them with next to no
// confidence, and away from the words that it read well.
import type { RecognisedLine, RecognisedParagraph, RecognisedWord } from "../engine/engine.ts";
import { meanConfidence, union } from "../page-tree.ts";

/** A gap wider than this ends a group of words, in heights of the line: spaces are a quarter to a half, also in spaced-out lines. */
const widestSpace = 0.8;
/**
 * Groups read with less mean confidence are noise. Of such groups one letter in ten was right on scans of all kinds (at 50: one in
 * three), so that each of them makes a text worse.
 */
const leastConfidence = 35;
/** The same for groups without a letter or a digit: specks are read as dots, dashes and quotes. */
const leastForMarks = 60;

/** A word of three letters or more that was read like this is a word, whatever stands around it. */
const sureWord = 80;
/** Noise is read as letters and marks, seldom as figures; amounts and dates that stand alone often have little confidence. */
const fewestDigits = 3;
/** A bullet stands at most this far before its text, in heights of the line. */
const farthestBullet = 2;

const letter = /[\p{L}\p{N}]/u;
const digit = /\p{N}/gu;

/** The paragraphs without noise; lines and paragraphs of which nothing is left are gone. */
export function withoutNoise(paragraphs: readonly RecognisedParagraph[]): RecognisedParagraph[] {
  return paragraphs
    .map(({ lines }) => ({ lines: lines.map(readable).filter((line) => line.words.length > 0) }))
    .filter(({ lines }) => lines.length > 0);
}

function readable(line: RecognisedLine): RecognisedLine {
  const groups = spacedGroups(line);
  const kept = groups.filter((group, index) => !isNoise(group) || (index === 0 && isBullet(group, groups[1], line)));
  if (kept.length === groups.length) return line;
  const words = kept.flat();
  if (words.length === 0) return { ...line, words };
  return { ...line, words, bbox: union(words.map(({ bbox }) => bbox)) };
}

/** The words of a line, cut where the space between them is too wide for a sentence. */
function spacedGroups(line: RecognisedLine): RecognisedWord[][] {
  const widest = heightOf(line) * widestSpace;
  const groups: RecognisedWord[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const word of line.words) {
    const group = groups.at(-1);
    if (group !== undefined && word.bbox[0] - end <= widest) group.push(word);
    else groups.push([word]);
    end = word.bbox[2];
  }
  return groups;
}

function isNoise(group: readonly RecognisedWord[]): boolean {
  const text = group.map((word) => word.text).join(" ");
  if ((text.match(digit)?.length ?? 0) >= fewestDigits) return false;
  if (group.some((word) => word.confidence >= sureWord && word.text.length >= 3)) return false;
  return (meanConfidence(group) ?? 0) < (letter.test(text) ? leastConfidence : leastForMarks);
}

/** A single sign shortly before the text of its line: engines are not sure of bullets. */
function isBullet(group: readonly RecognisedWord[], next: RecognisedWord[] | undefined, line: RecognisedLine): boolean {
  const [sign, ...others] = group;
  const text = next?.[0];
  if (sign === undefined || text === undefined || others.length > 0 || sign.text.length > 1) return false;
  return text.bbox[0] - sign.bbox[2] <= heightOf(line) * farthestBullet;
}

function heightOf({ bbox }: RecognisedLine): number {
  return bbox[3] - bbox[1];
}
