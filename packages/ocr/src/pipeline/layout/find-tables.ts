// Tables: rows whose pieces stand in the same columns, with white space between the columns all the way down. Rules on the paper are
// not looked at. Prose in columns, numbered lists and labels with a colon look alike and are told apart; in doubt there is no table.
import { lineConfidence, lineText, weightedMedian } from "./layout-line.ts";
import { isRuleMark, type Piece, type Row } from "./table-rows.ts";

export type FoundCell = { row: number; column: number; rowSpan: number; columnSpan: number; pieces: Piece[] };
export type FoundTable = { rows: number; columns: number; cells: FoundCell[] };

type Column = { x0: number; x1: number };
type PlacedPiece = { piece: Piece; from: number; to: number };
type PlacedRow = { row: Row; placed: PlacedPiece[] };

/** White space between rows of one table, in sizes: cells padded by a line above and below. */
const widestRowGap = 2;
/** A table of two columns needs this many rows to be one; with more columns two do. */
const fewestRows = 3;
/** White space between columns that is narrower, in sizes, also comes about by chance in justified lines: more rows must agree. */
const wideGutter = 1.1;
const fewestNarrowRows = 5;
/** Share of its cells that a table must have filled. */
const fewestFilled = 0.45;
const leastConfidence = 45;
/** Cells longer than this, most of them, make a column of prose (characters; CJK counts double). */
const proseLength = 34;
/** So long already, when the lines also fill their column. */
const narrowProse = 16;
const fewestProseLines = 4;

/** Tables among the rows of a page, from top to bottom. */
export function findTables(rows: readonly Row[]): FoundTable[] {
  // Rows with more pieces than usual show more columns, or lie across them: what gives more cells is right.
  const cellsOf = (tables: readonly FoundTable[]) => tables.reduce((sum, table) => sum + table.cells.length, 0);
  return runs(rows).flatMap((run) => {
    const [all, usual] = [tablesIn(run, 0, false), tablesIn(run, 0, true)];
    return cellsOf(usual) > cellsOf(all) ? usual : all;
  });
}

/** Stretches of rows that stand close and begin and end with a row of several pieces. */
function runs(rows: readonly Row[]): Row[][] {
  const found: Row[][] = [];
  let run: Row[] = [];
  const end = () => {
    while (run.length > 0 && (run.at(-1)?.pieces.length ?? 0) < 2) run.pop();
    if (run.length >= 2) found.push(run);
    run = [];
  };
  for (const [index, row] of rows.entries()) {
    const last = run.at(-1);
    const several = row.pieces.length > 1;
    const close = last !== undefined && row.top - last.bottom <= widestRowGap * Math.min(row.size, last.size * 1.3);
    // Two lines without a gap, one after the other, end a table, unless they are short.
    const prose = !several && (rows[index - 1]?.pieces.length ?? 0) < 2 && last?.pieces.length === 1;
    if (last !== undefined && (!close || prose)) end();
    if (run.length > 0 || several) run.push(row);
  }
  end();
  return found;
}

function tablesIn(run: Row[], depth: number, usualOnly: boolean): FoundTable[] {
  const columns = findColumns(run, usualOnly);
  if (columns.length < 2) return [];
  const placed = run.map((row) => ({ row, placed: place(row, columns) }));
  const bad = placed.findIndex((row, index) => !fits(row, columns, index));
  if (bad < 0) {
    const table = accept(placed, columns);
    return table === undefined ? [] : [table];
  }
  // A hostile page must not make this slow: 40 cuts leave nothing worth a table.
  if (depth > 40) return [];
  return [run.slice(0, bad), run.slice(bad + 1)].flatMap((part) =>
    runs(part).flatMap((rest) => tablesIn(rest, depth + 1, usualOnly)),
  );
}

/** The intervals that the pieces of the commonest kind of row cover together. */
function findColumns(run: readonly Row[], usualOnly: boolean): Column[] {
  const counts = new Map<number, number>();
  for (const { pieces } of run) if (pieces.length > 1) counts.set(pieces.length, (counts.get(pieces.length) ?? 0) + 1);
  const usual = [...counts].sort((a, b) => b[1] * b[0] - a[1] * a[0])[0]?.[0] ?? 0;
  const columns = merged(
    run
      .filter(({ pieces }) => (usualOnly ? pieces.length === usual : pieces.length >= usual))
      .flatMap((row) => row.pieces),
  );
  const outside = run
    .flatMap((row) => (row.pieces.length > 1 ? row.pieces : []))
    .filter((piece) => !columns.some((column) => isOver(piece, column)));
  return joinedHalves(
    [...columns, ...merged(outside)].sort((a, b) => a.x0 - b.x0),
    run,
  );
}

/**
 * A head that is centred over cells set to one side makes two columns of one. Neighbours are joined when no row has pieces in both;
 * the table would have a row that needs both if they were two.
 */
function joinedHalves(columns: readonly Column[], run: readonly Row[]): Column[] {
  const joined: Column[] = [];
  for (const column of columns) {
    const last = joined.at(-1);
    const both =
      last === undefined ||
      run.some(
        (row) => row.pieces.some((piece) => isOver(piece, last)) && row.pieces.some((piece) => isOver(piece, column)),
      );
    if (both) joined.push({ ...column });
    else last.x1 = column.x1;
  }
  return joined;
}

function isOver({ bbox }: Piece, { x0, x1 }: Column): boolean {
  return bbox[0] < x1 && bbox[2] > x0;
}

function merged(pieces: readonly Piece[]): Column[] {
  const columns: Column[] = [];
  for (const { bbox } of [...pieces].sort((a, b) => a.bbox[0] - b.bbox[0])) {
    const last = columns.at(-1);
    if (last !== undefined && bbox[0] < last.x1) last.x1 = Math.max(last.x1, bbox[2]);
    else columns.push({ x0: bbox[0], x1: bbox[2] });
  }
  return columns;
}

function place(row: Row, columns: readonly Column[]): PlacedPiece[] {
  return row.pieces.map((piece) => {
    const under = columns.flatMap(({ x0, x1 }, index) => {
      const shared = Math.min(x1, piece.bbox[2]) - Math.max(x0, piece.bbox[0]);
      return shared > piece.size / 3 || shared >= (x1 - x0) / 2 ? [index] : [];
    });
    const middle = (piece.bbox[0] + piece.bbox[2]) / 2;
    const distance = ({ x0, x1 }: Column) => Math.max(x0 - middle, middle - x1, 0);
    const nearest = columns.reduce((best, column, index) => {
      const known = columns[best];
      return known !== undefined && distance(column) < distance(known) ? index : best;
    }, 0);
    return { piece, from: under[0] ?? nearest, to: under.at(-1) ?? nearest };
  });
}

/** Pieces over several columns stand only in heads, or alone; never over a column in which another piece stands. */
function fits({ placed }: PlacedRow, columns: readonly Column[], index: number): boolean {
  const wide = placed.some(({ from, to }) => to > from);
  const only = placed.length === 1 && placed[0] !== undefined ? placed[0] : undefined;
  if (only !== undefined && only.to - only.from + 1 === columns.length) return false;
  if (wide && index > 0 && only === undefined) return false;
  return placed.every((one, at) => {
    const next = placed[at + 1];
    return next === undefined || one.to < next.from || (one.from === next.from && one.to === next.to);
  });
}

function accept(rows: readonly PlacedRow[], columns: readonly Column[]): FoundTable | undefined {
  const used = rows.map(({ placed }) => new Set(placed.map(({ from }) => from)).size);
  const several = used.filter((count) => count > 1);
  const filled = used.reduce((sum, count) => sum + count, 0) / (rows.length * columns.length);
  const needed = narrowest(columns) < wideGutter * (rows[0]?.row.size ?? 0) ? fewestNarrowRows : fewestRows;
  if (several.length < Math.max(2, columns.length > 2 ? needed - 1 : needed) || filled < fewestFilled) return undefined;
  const pieces = rows.flatMap(({ placed }) => placed.map(({ piece }) => piece));
  // Scratches and screens of a picture line up, too; the engine hardly believes in their words.
  if (lineConfidence(pieces) < leastConfidence) return undefined;
  const texts = columns.map((_, column) =>
    rows.flatMap(({ placed }) => {
      const own = placed.filter(({ from }) => from === column).map(({ piece }) => lineText(piece));
      return own.length === 0 ? [] : [own.join(" ")];
    }),
  );
  if (looksOtherwise(texts, rows, columns)) return undefined;
  return build(rows, texts);
}

/** True when most lines of a column reach its right edge, as running text does. */
function isFull(rows: readonly PlacedRow[], columns: readonly Column[], column: number): boolean {
  const { x0, x1 } = columns[column] ?? { x0: 0, x1: 0 };
  const ends = rows.flatMap(({ placed }) => {
    const own = placed.filter(({ from }) => from === column).map(({ piece }) => piece.bbox[2]);
    return own.length === 0 ? [] : [Math.max(...own)];
  });
  const full = ends.filter((end) => end - x0 >= (x1 - x0) * 0.85);
  return ends.length >= fewestProseLines && full.length > ends.length * 0.6;
}

function narrowest(columns: readonly Column[]): number {
  return Math.min(...columns.slice(1).map((column, index) => column.x0 - (columns[index]?.x1 ?? 0)));
}

/** Columns of prose, lists with their markers, labels, lines of leaders. */
function looksOtherwise(texts: readonly string[][], rows: readonly PlacedRow[], columns: readonly Column[]): boolean {
  const prose = texts.filter((cells, column) => {
    const width = weightedMedian(cells.map((text) => [widthOf(text), 1]));
    return width > proseLength || (width > narrowProse && isFull(rows, columns, column));
  });
  if (prose.length >= 2 || (prose.length === 1 && texts.length === 2)) return true;
  const [first = [], second = []] = texts;
  if (texts.length !== 2) return false;
  const share = (cells: readonly string[], pattern: RegExp) =>
    cells.filter((text) => pattern.test(text.trim())).length / Math.max(1, cells.length);
  if (share(first, /^([•●○◦▪■□\-–*·«+]|\(?[\da-z一二三四五六七八九十①-⑳]{1,3}[.)、）]?)$/u) > 0.7) return true;
  return share(first, /[:：]$/u) > 0.6 || share(second, /^[:：]/u) > 0.6;
}

function build(rows: readonly PlacedRow[], texts: readonly string[][]): FoundTable {
  const joined = joinWrapped(rows, texts);
  const cells: FoundCell[] = [];
  for (const [row, { placed }] of joined.entries()) {
    for (const { piece, from, to } of placed) {
      const known = cells.find((cell) => cell.row === row && cell.column === from);
      if (known !== undefined) known.pieces.push(piece);
      else cells.push({ row, column: from, rowSpan: 1, columnSpan: to - from + 1, pieces: [piece] });
    }
  }
  return { rows: joined.length, columns: texts.length, cells: withoutRuleMarks(cells) };
}

function withoutRuleMarks(cells: FoundCell[]): FoundCell[] {
  return cells.filter(({ pieces }) => !pieces.every((piece) => piece.words.every((word) => isRuleMark(word.text))));
}

/** Second lines of cells: a row that begins nothing in the first column and stands closer than rows do. */
function joinWrapped(rows: readonly PlacedRow[], texts: readonly string[][]): PlacedRow[] {
  const steps = rows.slice(1).map(({ row }, index) => row.middle - (rows[index]?.row.middle ?? 0));
  const usual = weightedMedian(steps.map((step) => [step, 1]));
  const isNumeric = (column: number) =>
    (texts[column] ?? []).filter((text) => /\d/u.test(text)).length * 2 > (texts[column] ?? []).length;
  const joined: PlacedRow[] = [];
  for (const [index, { row, placed }] of rows.entries()) {
    const above = joined.at(-1);
    const step = steps[index - 1] ?? 0;
    const wraps =
      above !== undefined &&
      placed.every(({ from }) => from > 0 || placed.length === 1) &&
      placed.every(({ from }) => above.placed.some((other) => other.from === from)) &&
      (step < usual * 0.85 ||
        (placed.length === 1 && step < row.size * 1.5 && placed.every(({ from }) => !isNumeric(from))));
    if (wraps) above.placed.push(...placed);
    else joined.push({ row, placed: [...placed] });
  }
  return joined;
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/u.test(character) ? 2 : 1;
  return width;
}
