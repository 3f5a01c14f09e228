// Columns of running text. Engines often read straight across them; here a gutter that goes down many rows, with running text on
// both sides, divides those rows, and the left side is read before the right one. Tables have gutters too, but no running text.
import { type LayoutLine, lineText, partOfLine, weightedMedian } from "./layout-line.ts";
import { type Piece, type Row, rowsOf, toPieces } from "./table-rows.ts";

/** White that must stay free on either side of a gutter's middle, in sizes. Gutters are an em wide at least. */
const halfGutter = 0.4;
const narrowestGap = 0.9;
/** Rows with text on both sides that make columns. */
const fewestRows = 5;
/** Median length of a line in a column (characters; CJK counts double): cells of tables are shorter. */
const shortestLine = 16;
/** Share of lines in a column that reach its right edge, less the last lines of paragraphs and ragged ones. */
const fullLines = 0.5;
/** Columns within columns: three side by side are found as one beside two. */
const deepest = 5;

/** The lines of a page in reading order, cut where a line goes over a gutter. */
export function splitColumns(lines: readonly LayoutLine[]): LayoutLine[] {
  const order = new Map(lines.map((line, index) => [line, index] as const));
  return divide(lines.flatMap(toPieces), order, 0);
}

function divide(pieces: readonly Piece[], order: ReadonlyMap<LayoutLine, number>, depth: number): LayoutLine[] {
  const rows = rowsOf(pieces);
  const band = depth < deepest ? findBand(rows) : undefined;
  if (band === undefined) return wholeLines(pieces, order);
  const piecesOf = (part: readonly Row[]) => part.flatMap((row) => row.pieces);
  const inside = piecesOf(rows.slice(band.from, band.to));
  const left = inside.filter((piece) => piece.bbox[2] <= band.x);
  const right = inside.filter((piece) => piece.bbox[2] > band.x);
  return [piecesOf(rows.slice(0, band.from)), left, right, piecesOf(rows.slice(band.to))].flatMap((part, index) =>
    part.length === 0 ? [] : divide(part, order, index === 1 || index === 2 ? depth + 1 : depth),
  );
}

/** Pieces that belong to one line joined again, in the engine's order. */
function wholeLines(pieces: readonly Piece[], order: ReadonlyMap<LayoutLine, number>): LayoutLine[] {
  const parts = new Map<LayoutLine, LayoutLine["words"]>();
  for (const piece of pieces) parts.set(piece.source, [...(parts.get(piece.source) ?? []), ...piece.words]);
  return [...parts]
    .sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    .map(([line, words]) =>
      words.length === line.words.length
        ? line
        : partOfLine(
            line,
            words.sort((a, b) => a.bbox[0] - b.bbox[0]),
          ),
    );
}

type Band = { from: number; to: number; x: number; both: number };

/** The stretch of rows with the most text on both sides of one gutter. */
function findBand(rows: readonly Row[]): Band | undefined {
  let best: Band | undefined;
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    for (const [at, piece] of row.pieces.entries()) {
      const next = row.pieces[at + 1];
      if (next === undefined || next.bbox[0] - piece.bbox[2] < narrowestGap * row.size) continue;
      const x = (piece.bbox[2] + next.bbox[0]) / 2;
      const band = bandAround(rows, index, x, row.size);
      const key = `${band.from} ${band.to} ${Math.round(x / row.size)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (band.both > (best?.both ?? fewestRows - 1) && isProse(rows, band)) best = band;
    }
  }
  return best;
}

/** As far up and down from row `index` as the gutter at `x` stays free. */
function bandAround(rows: readonly Row[], index: number, x: number, size: number): Band {
  const isFree = (row: Row | undefined) =>
    row?.pieces.every(({ bbox }) => bbox[2] <= x - halfGutter * size || bbox[0] >= x + halfGutter * size) ?? false;
  let from = index;
  let to = index + 1;
  while (isFree(rows[from - 1])) from--;
  while (isFree(rows[to])) to++;
  const hasBoth = (row: Row) =>
    row.pieces.some(({ bbox }) => bbox[2] <= x) && row.pieces.some(({ bbox }) => bbox[0] >= x);
  const both = rows.slice(from, to).filter(hasBoth).length;
  // Rows above the first and below the last that have text on both sides belong to what stands above and below.
  while (from < to && !hasBoth(rows[from] as Row) && !isBesideColumn(rows, from, from + 1)) from++;
  return { from, to, x, both };
}

/** True when the row stands as close to the next as lines of a column do. */
function isBesideColumn(rows: readonly Row[], index: number, next: number): boolean {
  const [row, other] = [rows[index], rows[next]];
  return row !== undefined && other !== undefined && other.middle - row.middle < row.size * 2;
}

/** Running text on both sides: long lines that reach the right edge of their side. */
function isProse(rows: readonly Row[], { from, to, x }: Band): boolean {
  return [true, false].every((isLeft) => {
    const lines = rows.slice(from, to).flatMap((row) => {
      const own = row.pieces.filter(({ bbox }) => bbox[2] <= x === isLeft);
      return own.length === 0
        ? []
        : [
            {
              text: own.map(lineText).join(" "),
              x0: own[0]?.bbox[0] ?? 0,
              x1: Math.max(...own.map(({ bbox }) => bbox[2])),
            },
          ];
    });
    const x0 = weightedMedian(lines.map((line) => [line.x0, 1]));
    const x1 = weightedMedian(
      [...lines]
        .sort((a, b) => b.x1 - a.x1)
        .slice(0, Math.ceil(lines.length / 2))
        .map((line) => [line.x1, 1]),
    );
    const full = lines.filter((line) => line.x1 - x0 >= (x1 - x0) * 0.8).length;
    const length = weightedMedian(lines.map(({ text }) => [widthOf(text), 1]));
    return lines.length >= fewestRows && length >= shortestLine && full >= lines.length * fullLines;
  });
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/u.test(character) ? 2 : 1;
  return width;
}
