// The order in which a recognised page is read: what stands above columns, the columns from left to right, what stands below them, each
// again in the same way. What has no columns is read in rows. Lines that an engine read over a gutter are cut there, and parts of one
// row that it read apart are joined, so that its own blocks matter only where neither can be said.
import { union } from "../page-tree.ts";
import { findGutter } from "./find-gutter.ts";
import { isSideways, type LayoutLine, lineLength, partOfLine, weightedMedian } from "./layout-line.ts";
import { noRules, type PageRules, type Rule } from "./page-rules.ts";
import { type Piece, type Row, rowsOf, toPieces } from "./table-rows.ts";

/** Columns within columns: three side by side are found as one beside two. */
const deepest = 5;
/** White between rows, in sizes, that ends a passage of text. */
const passageGap = 1;
/** The lines of a page as regions, in reading order: nothing within a region stands in columns of running text. */
export function readingRegions(lines: readonly LayoutLine[], rules: PageRules = noRules): LayoutLine[][] {
  const sideways = lines.filter(isSideways);
  const level = lines.filter((line) => !sideways.includes(line));
  const order = new Map(level.map((line, index) => [line, index] as const));
  const regions = divide(level.flatMap(toPieces), { order, rules: rules.across }, 0);
  // Credits of pictures and stamps at the margin are no part of what stands beside them.
  return [...regions, ...sideways.map((line) => [line])];
}

/** The engine's order of the lines, and the rules that run across the page. */
type PageMarks = { order: ReadonlyMap<LayoutLine, number>; rules: readonly Rule[] };

function divide(pieces: readonly Piece[], marks: PageMarks, depth: number): LayoutLine[][] {
  const rows = rowsOf(pieces);
  const gutter = depth < deepest ? findGutter(rows, marks.rules) : undefined;
  if (gutter === undefined) return [passages(rows).flatMap((passage) => linesOf(passage, marks.order))];
  const { from, to, x } = gutter;
  const piecesOf = (part: readonly Row[]) => part.flatMap((row) => row.pieces);
  const inside = piecesOf(rows.slice(from, to));
  const left = inside.filter(({ bbox }) => bbox[2] <= x);
  const right = inside.filter(({ bbox }) => bbox[2] > x);
  return [
    ...(from === 0 ? [] : divide(piecesOf(rows.slice(0, from)), marks, depth)),
    ...divide(left, marks, depth + 1),
    ...divide(right, marks, depth + 1),
    ...(to === rows.length ? [] : divide(piecesOf(rows.slice(to)), marks, depth)),
  ];
}

/** Rows with white above and below. */
function passages(rows: readonly Row[]): Row[][] {
  const found: Row[][] = [];
  let bottom = -Infinity;
  for (const row of rows) {
    const passage = found.at(-1);
    if (passage === undefined || row.top - bottom > row.size * passageGap) found.push([row]);
    else passage.push(row);
    bottom = Math.max(bottom, row.bottom);
  }
  return found;
}

/** Rows as lines; blocks that stand beside each other without being in rows are left in the engine's order. */
function linesOf(rows: readonly Row[], order: ReadonlyMap<LayoutLine, number>): LayoutLine[] {
  const shared = rows.filter(({ pieces }) => new Set(pieces.map(({ source }) => source)).size > 1).length;
  const beside = rows.slice(1).filter((row, index) => standsBeside(row, rows[index] as Row)).length;
  if (beside <= shared) return rows.map(({ pieces }) => joined(pieces));
  const bySource = Map.groupBy(
    rows.flatMap((row) => row.pieces),
    ({ source }) => source,
  );
  return [...bySource]
    .sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    .map(([, pieces]) => joined(pieces));
}

/** True when two rows overlap in height by more than letters hang into each other. */
function standsBeside(row: Row, above: Row): boolean {
  return above.bottom - row.top > Math.min(row.size, above.size) * 0.5;
}

/** The pieces as one line. */
function joined(unordered: readonly Piece[]): LayoutLine {
  const pieces = [...unordered].sort((a, b) => a.bbox[0] - b.bbox[0]);
  const words = pieces.flatMap((piece) => piece.words).sort((a, b) => a.bbox[0] - b.bbox[0]);
  const [first] = pieces as [Piece];
  const { source } = first;
  if (pieces.every((piece) => piece.source === source)) {
    return words.length === source.words.length ? source : partOfLine(source, words);
  }
  const bbox = union(pieces.map((piece) => piece.bbox));
  const last = pieces.at(-1) ?? first;
  return {
    words,
    bbox,
    baseline: [first.baseline[0], first.baseline[1], last.baseline[2], last.baseline[3]],
    size: weightedMedian(pieces.map((piece) => [piece.size, lineLength(piece)])),
    bold: pieces.every((piece) => piece.bold),
  };
}
