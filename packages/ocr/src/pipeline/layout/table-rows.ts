// Lines cut at wide gaps into pieces, and pieces that stand side by side gathered into rows: what tables are looked for in.
import { baselineOf, type LayoutLine, partOfLine, weightedMedian } from "./layout-line.ts";

/** A piece of a line without wide gaps inside: a cell, or a whole line. */
export type Piece = LayoutLine & { source: LayoutLine };
export type Row = { pieces: Piece[]; top: number; bottom: number; middle: number; size: number };

/** Narrowest gap that may separate cells, in sizes: spaces are 0.25 to 0.35. */
const cellGap = 0.62;
/** Justified lines have wide spaces, all alike: between cells the gap is this many times the line's usual one. */
const timesUsual = 1.7;
/** Lines with fewer gaps are rows of single words as likely as running text. */
const fewestGaps = 5;
/** A gap this wide separates cells however wide the others are: in a row of single words all gaps are. */
const clearGap = 1.3;
/** Beside Chinese and Japanese characters: their punctuation leaves half of its square empty. */
const squareGap = 1.3;
const square = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]$/u;
/** Vertical rules at the edge of a cell are read as these. */
const ruleMarks = /^[|｜¦│[\]!_—―=~]+$/u;

/** The rows of `lines` from top to bottom, their pieces from left to right. */
export function toRows(lines: readonly LayoutLine[]): Row[] {
  return rowsOf(lines.flatMap(toPieces));
}

export function rowsOf(unordered: readonly Piece[]): Row[] {
  const pieces = [...unordered].sort((a, b) => middleOf(a) - middleOf(b));
  const rows: Piece[][] = [];
  for (const piece of pieces) {
    const row = rows.at(-1);
    const first = row?.[0];
    const fits =
      row !== undefined &&
      first !== undefined &&
      middleOf(piece) - weightedMedian(row.map((other) => [middleOf(other), 1])) <
        0.45 * Math.min(piece.size, first.size) &&
      !row.some(
        (other) => Math.min(other.bbox[2], piece.bbox[2]) - Math.max(other.bbox[0], piece.bbox[0]) > piece.size / 2,
      );
    if (fits) row.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => ({
    pieces: row.sort((a, b) => a.bbox[0] - b.bbox[0]),
    top: Math.min(...row.map((piece) => piece.bbox[1])),
    bottom: Math.max(...row.map((piece) => piece.bbox[3])),
    middle: weightedMedian(row.map((piece) => [middleOf(piece), 1])),
    size: weightedMedian(row.map((piece) => [piece.size, 1])),
  }));
}

export function isRuleMark(text: string): boolean {
  return ruleMarks.test(text);
}

/** Middle of the small letters, the same for "on" and "jog". */
function middleOf(line: LayoutLine): number {
  return baselineOf(line) - line.size * 0.25;
}

/** A mark that the engine hardly believes: dirt in a gap does not close the gap. */
function isSpeck({ text, confidence }: LayoutLine["words"][number]): boolean {
  return confidence < 30 && /^[\p{P}\p{S}]$/u.test(text);
}

/** The line cut where its gaps are too wide for spaces. */
export function toPieces(line: LayoutLine): Piece[] {
  const pieces: Piece[] = [];
  const gaps = line.words.slice(1).map(({ bbox }, index) => bbox[0] - (line.words[index]?.bbox[2] ?? 0));
  // One of the smallest: in a row of a table that is the space inside cells, in a justified line one like all others.
  const usual =
    gaps.length < fewestGaps ? 0 : (gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 8)] ?? 0) / line.size;
  const narrowest = Math.min(clearGap, Math.max(cellGap, usual * timesUsual));
  let words: LayoutLine["words"] = [];
  const end = () => {
    const solid = words.filter((word) => !isSpeck(word));
    const { bbox, baseline } = partOfLine(line, solid.length > 0 ? solid : words);
    if (words.length > 0) pieces.push({ ...line, words, bbox, baseline, source: line });
    words = [];
  };
  for (const word of line.words) {
    const last = words.findLast((other) => !isSpeck(other));
    if (isSpeck(word)) {
      words.push(word);
      continue;
    }
    const gap = last !== undefined && square.test(last.text) ? squareGap : narrowest;
    if (last !== undefined && word.bbox[0] - last.bbox[2] > line.size * gap) end();
    words.push(word);
  }
  end();
  return pieces;
}
