// Where the letters of a line stand and how high they are. The engine's own baselines are up to half a line off on one line of Latin
// letters in ten, and readers then take the line for one of another size or paragraph, so there the boxes of the words say it. Boxes of
// Chinese and Japanese words are sometimes a third too high, below as well as above; there the engine's baseline says it.
import type { Box, Word } from "@legible/shared/document";
import type { WordLine } from "@legible/shared/tree-words";

/** `heightAt(x)` is where the letters stand, px with y pointing down; `em` the size of the print as a font size, px. */
export type Baseline = { heightAt(x: number): number; em: number };

/** Steeper than this is no skewed line but a wrong baseline: 15 degrees, the most that pages are straightened by. */
const steepest = 0.27;
/** Scripts whose letters stand on a baseline as Latin ones do. */
const standing = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u;
/** Characters that fill a square, whose boxes say nothing of where others stand. */
const ideographic =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff01-\uff60]/u;
/** Characters that reach below the baseline. */
const descending = /[gjpqyQçþßµ,;()[\]{}|/\\_$§@¶„‚ğşýÿβγζημξρφχψςдруфцщ]/u;
/** Letters and digits as high as a line of print goes. */
const ascending = /[\p{Lu}\p{Nd}bdfhklt]/u;
/** Part of its height by which a word with descenders reaches below the baseline: 0.21 em of 0.92 in common faces. */
const descenderShare = 0.23;
/** Height above the baseline of capitals, figures and long letters, and of small letters, em: the usual faces within 0.03. */
const capitalRiseEm = 0.68;
const smallRiseEm = 0.46;
/** Height of ideographs, and how far they stand below the baseline, em. */
const ideographHeightEm = 0.9;
const ideographDepthEm = 0.08;

/** The baseline of a line that runs across. */
export function baselineOf(line: WordLine): Baseline {
  const letters = line.words.map(({ text }) => text).join("");
  const latin = Array.from(letters).filter((letter) => standing.test(letter)).length;
  return latin * 2 >= letters.length ? standingLine(line) : ideographLine(line);
}

function standingLine(line: WordLine): Baseline {
  const standingWords = line.words.filter(({ text }) => standing.test(text));
  const pure = standingWords.filter(({ text }) => !ideographic.test(text));
  const words = pure.length > 0 ? pure : standingWords;
  const slope = slopeOf(line.baseline);
  const level = levelLine(line, slope, (centred) => {
    const upright = words.filter(({ text }) => !descending.test(text));
    const measured = upright.length > 0 ? upright : words;
    return quantile(
      measured.map((word) => [footOf(word, slope) - centred(word), widthOf(word)]),
      0.5,
    );
  });
  const high = words.filter(({ text }) => ascending.test(text));
  const rises = (high.length > 0 ? high : words).map((word): Weighted => {
    const rise = ascending.test(word.text) ? capitalRiseEm : smallRiseEm;
    return [(level(centreOf(word)) - topOf(word, slope)) / rise, widthOf(word)];
  });
  return { heightAt: level, em: Math.max(1, quantile(rises, 0.5)) };
}

function ideographLine(line: WordLine): Baseline {
  const [x0, y0, x1, y1] = line.bbox;
  const [bx0, by0] = line.baseline;
  const slope = slopeOf(line.baseline);
  const given = by0 + slope * ((x0 + x1) / 2 - bx0);
  const credible = given > (y0 + y1) / 2 && given <= y1 + 0.1 * (y1 - y0);
  const feet = levelLine(line, slope, () => (credible ? given : y1 - 0.2 * (y1 - y0)));
  // The smaller boxes are those that fit.
  const heights = line.words.map((word): Weighted => [feet(centreOf(word)) - topOf(word, slope), widthOf(word)]);
  const em = Math.max(1, quantile(heights, 0.25) / ideographHeightEm);
  return { heightAt: (x) => feet(x) - ideographDepthEm * em, em };
}

/** A straight line through the height that `middleHeight` finds; it is given how much lower a word stands than the line's middle. */
function levelLine(line: WordLine, slope: number, middleHeight: (centred: (word: Word) => number) => number) {
  const middle = (line.bbox[0] + line.bbox[2]) / 2;
  const height = middleHeight((word) => slope * (centreOf(word) - middle));
  return (x: number) => height + slope * (x - middle);
}

/** How far the line falls on each px to the right. */
export function slopeOf([x0, y0, x1, y1]: Box): number {
  const slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
  return Math.abs(slope) <= steepest ? slope : 0;
}

/** Height of the baseline in the middle of this word, by the word alone, px. In a sloping line half of the word stands higher. */
function footOf(word: Word, slope: number): number {
  const foot = word.bbox[3] - riseOf(word, slope) / 2;
  return descending.test(word.text) ? foot - descenderShare * (foot - topOf(word, slope)) : foot;
}

/** Top of the letters in the middle of this word, px. */
function topOf(word: Word, slope: number): number {
  return word.bbox[1] + riseOf(word, slope) / 2;
}

/** Part of the height of the word's box that is the line's slope; never all of it, as boxes are not always as high as they should be. */
function riseOf(word: Word, slope: number): number {
  return Math.min(Math.abs(slope) * widthOf(word), (word.bbox[3] - word.bbox[1]) / 2);
}

export type Weighted = readonly [value: number, weight: number];

/** The value below which `share` of the weight lies; 0 of nothing. */
export function quantile(values: readonly Weighted[], share: number): number {
  const sorted = [...values].sort((a, b) => a[0] - b[0]);
  const wanted = sorted.reduce((sum, [, weight]) => sum + weight, 0) * share;
  let passed = 0;
  for (const [value, weight] of sorted) {
    passed += weight;
    if (passed >= wanted) return value;
  }
  return 0;
}

const centreOf = ({ bbox }: Word) => (bbox[0] + bbox[2]) / 2;
const widthOf = ({ bbox }: Word) => bbox[2] - bbox[0];
