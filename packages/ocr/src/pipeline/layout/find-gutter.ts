// The white between two columns of a page: it goes down many rows and has running text on one side at least. Tables have such white
// too, but in them the cells of a row stand on one line, and they hold no running text.
import { baselineOf, lineText, weightedMedian } from "./layout-line.ts";
import type { Rule } from "./page-rules.ts";
import type { Piece, Row } from "./table-rows.ts";

/** A gutter: rows `from` to `to` (excluded) stand left or right of `x`, px. */
export type Gutter = { from: number; to: number; x: number };

/** White that must stay free on either side of a gutter's middle, in sizes. Gutters are an em wide at least. */
const halfGutter = 0.4;
const narrowestGap = 0.9;
/** Rows with text on both sides that make columns. */
const fewestRows = 5;
/** Where the engine, too, ended all its lines at the gutter, this many do, or a single one if both columns go on, one up, one down. */
const fewestAgreedRows = 3;
/** Half of a column's letters stand in stretches without wide gaps that are so long (CJK counts double): cells are shorter. */
const shortestLine = 20;
/** Share of lines in a column that nearly reach its right edge: lists have fewer, ragged text with its short last lines more. */
const fullLines = 0.6;
/** Lines of two columns of unlike spacing stand at one height by chance in nearly half of the cases, cells of one row always. */
const alignedLines = 0.7;
/** Difference of baselines of one row, in sizes. */
const sameBaseline = 0.3;
/** A single row further off than this, in sizes, is no part of the columns: a title above, a page number below. */
const apartAbove = 2;
const apartBelow = 3;

type Found = Gutter & { both: number };

/**
 * The gutter with the most text on both sides, or one beside it that goes on past what stands above or below its columns: that belongs to
 * them, and is read after the other side. Undefined when there is none. `rules`: those that run across; no gutter goes over one.
 */
export function findGutter(rows: readonly Row[], rules: readonly Rule[]): Gutter | undefined {
  let best: Found | undefined;
  const others: Found[] = [];
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    for (const [at, piece] of row.pieces.entries()) {
      const next = row.pieces[at + 1];
      if (next === undefined || next.bbox[0] - piece.bbox[2] < narrowestGap * row.size) continue;
      const x = (piece.bbox[2] + next.bbox[0]) / 2;
      const gutter = gutterAround(rows, rules, index, x);
      const key = `${gutter.from} ${gutter.to} ${Math.round(x / row.size)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (gutter.both > (best?.both ?? 0) && dividesColumns(rows, gutter)) best = gutter;
      else others.push(gutter);
    }
  }
  if (best === undefined) return undefined;
  const shorter = best;
  const longer = others
    .filter((gutter) => goesPast(rows, gutter, shorter))
    .sort((a, b) => b.to - b.from - (a.to - a.from));
  return longer.find((gutter) => dividesColumns(rows, gutter)) ?? best;
}

/** True when `gutter` goes further up or down than `shorter`, beside lines that stand on that one's side only. */
function goesPast(rows: readonly Row[], gutter: Found, { from, to, x }: Found): boolean {
  if (gutter.from > from || gutter.to < to || gutter.to - gutter.from === to - from) return false;
  const more = [...rows.slice(gutter.from, from), ...rows.slice(to, gutter.to)];
  return more.every((row) => row.pieces.every(({ bbox }) => bbox[0] > gutter.x === x > gutter.x));
}

/** As far up and down from row `index` as the gutter at `x` stays free. */
function gutterAround(rows: readonly Row[], rules: readonly Rule[], index: number, x: number): Found {
  const size = rows[index]?.size ?? 0;
  const crossing = rules.filter((rule) => rule.from < x - size && rule.to > x + size);
  const isBarred = (a: Row | undefined, b: Row | undefined) =>
    a !== undefined && b !== undefined && crossing.some(({ at }) => at > a.middle && at < b.middle);
  const isFree = (row: Row | undefined) =>
    row?.pieces.every(({ bbox }) => bbox[2] <= x - halfGutter * size || bbox[0] >= x + halfGutter * size) ?? false;
  let from = index;
  let to = index + 1;
  while (isFree(rows[from - 1]) && !isBarred(rows[from - 1], rows[from])) from--;
  while (isFree(rows[to]) && !isBarred(rows[to - 1], rows[to])) to++;
  const isAlone = (row: Row, other: Row | undefined, apart: number) =>
    !hasBoth(row, x) && (other === undefined || Math.abs(other.middle - row.middle) >= row.size * apart);
  while (to - from > 1 && isAlone(rows[from] as Row, rows[from + 1], apartAbove)) from++;
  while (to - from > 1 && isAlone(rows[to - 1] as Row, rows[to - 2], apartBelow)) to--;
  return { from, to, x, both: countBoth(rows.slice(from, to), x) };
}

function hasBoth(row: Row, x: number): boolean {
  return row.pieces.some(({ bbox }) => bbox[2] <= x) && row.pieces.some(({ bbox }) => bbox[0] >= x);
}

/** Rows beside which something stands on the other side of `x`, on the side that has fewer of them. */
function countBoth(rows: readonly Row[], x: number): number {
  const tops = [Infinity, Infinity];
  const bottoms = [-Infinity, -Infinity];
  const sideOf = (piece: Piece) => (piece.bbox[2] <= x ? 0 : 1);
  for (const piece of rows.flatMap((row) => row.pieces)) {
    const side = sideOf(piece);
    tops[side] = Math.min(tops[side] ?? 0, piece.bbox[1]);
    bottoms[side] = Math.max(bottoms[side] ?? 0, piece.bbox[3]);
  }
  const [top, bottom] = [Math.max(...tops), Math.min(...bottoms)];
  const counts = [0, 0];
  for (const row of rows) {
    if (row.bottom <= top || row.top >= bottom) continue;
    for (const side of new Set(row.pieces.map(sideOf))) counts[side] = (counts[side] ?? 0) + 1;
  }
  return Math.min(...counts);
}

function dividesColumns(rows: readonly Row[], { from, to, x, both }: Found): boolean {
  const inside = rows.slice(from, to);
  const sides = [true, false].map((isLeft) =>
    inside.flatMap((row) => {
      const pieces = row.pieces.filter(({ bbox }) => bbox[2] <= x === isLeft);
      return pieces.length === 0 ? [] : [pieces];
    }),
  );
  const agreed = inside.every((row) => isCutByEngine(row, x));
  const long = sides.every((lines) => lines.length >= fewestRows);
  if (both < (agreed ? (long ? 1 : fewestAgreedRows) : fewestRows)) return false;
  const texts = sides.filter(isRunningText).length;
  return texts === 2 || (texts === 1 && both >= fewestRows && !standsInRows(sides));
}

function isCutByEngine(row: Row, x: number): boolean {
  const left = new Set(row.pieces.filter(({ bbox }) => bbox[2] <= x).map(({ source }) => source));
  return row.pieces.every(({ bbox, source }) => bbox[2] <= x || !left.has(source));
}

/** Long lines that reach the right edge of their side. */
function isRunningText(lines: readonly (readonly Piece[])[]): boolean {
  const measured = lines.map((pieces) => ({
    x0: pieces[0]?.bbox[0] ?? 0,
    x1: Math.max(...pieces.map(({ bbox }) => bbox[2])),
  }));
  const x0 = weightedMedian(measured.map((line) => [line.x0, 1]));
  const longer = [...measured].sort((a, b) => b.x1 - a.x1).slice(0, Math.ceil(measured.length / 2));
  const x1 = weightedMedian(longer.map((line) => [line.x1, 1]));
  const full = measured.filter((line) => line.x1 - x0 >= (x1 - x0) * 0.8).length;
  const length = weightedMedian(
    lines
      .flat()
      .map((piece) => widthOf(lineText(piece)))
      .map((width) => [width, width]),
  );
  return lines.length >= fewestAgreedRows && length >= shortestLine && full >= lines.length * fullLines;
}

/** True when most lines of the side with fewer have one beside them at the same height, as cells do. */
function standsInRows(sides: readonly (readonly (readonly Piece[])[])[]): boolean {
  const [fewer = [], more = []] = [...sides].sort((a, b) => a.length - b.length);
  const heights = more.flatMap((pieces) => pieces.map(baselineOf));
  const aligned = fewer.filter(([piece]) => {
    return piece !== undefined && heights.some((y) => Math.abs(y - baselineOf(piece)) < piece.size * sameBaseline);
  });
  return aligned.length >= fewer.length * alignedLines;
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/u.test(character) ? 2 : 1;
  return width;
}
