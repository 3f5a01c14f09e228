// Chinese and Japanese words may be half a line long. In a line that rises or falls they are cut into parts that can each be set level
// where they stand; nothing is written between such parts, so readers put them together again.
import type { Box, Word } from "@legible/shared/document";
import { isSpaced } from "@legible/shared/tree-words";
import type { LayerLine } from "./layer-lines.ts";
import { slopeOf } from "./line-baseline.ts";

/** Rise within a part, as a part of the line's height: no more than words of Latin print have. */
const levelRise = 0.25;

/** The line with its long words cut where it is askew. */
export function withoutSlopingWords(line: LayerLine): LayerLine {
  const slope = slopeOf(line.baseline);
  if (slope === 0) return line;
  const parts = line.words.map((word) => cut(word, slope));
  const spaced = parts.flatMap((own, index) =>
    own.map((_, at) => at === own.length - 1 && line.spaced[index] === true),
  );
  return { ...line, words: parts.flat(), spaced };
}

function cut(word: Word, slope: number): Word[] {
  const letters = Array.from(word.text);
  const [x0, y0, x1, y1] = word.bbox;
  const rise = Math.abs(slope) * (x1 - x0);
  const height = y1 - y0 - rise;
  const count = Math.min(letters.length, Math.ceil(rise / (levelRise * height)));
  if (count < 2 || height <= 0 || letters.some((letter, at) => at > 0 && isSpaced(letters[at - 1] ?? "", letter)))
    return [word];
  return Array.from({ length: count }, (_, part) => {
    const [from, to] = [part, part + 1].map((at) => Math.round((at * letters.length) / count)) as [number, number];
    const [left, right] = [from, to].map((at) => ((x1 - x0) * at) / letters.length) as [number, number];
    const top = slope > 0 ? y0 + slope * left : y0 - slope * (x1 - x0 - right);
    const bbox: Box = [x0 + left, top, x0 + right, top + height + Math.abs(slope) * (right - left)];
    return { ...word, text: letters.slice(from, to).join(""), bbox };
  });
}
