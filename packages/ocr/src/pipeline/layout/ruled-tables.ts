// Tables whose cells are drawn: the words of a page are put into the faces of a ruled grid. Frames around text, charts with grid lines
// and boxes of diagrams are grids, too, and are told apart by what stands in them; in doubt there is no table.
import type { FoundCell, FoundTable } from "./find-tables.ts";
import { type LayoutLine, lineConfidence, lineLength, partOfLine, weightedMedian } from "./layout-line.ts";
import type { PageRules } from "./page-rules.ts";
import { type GridCell, type RuledGrid, ruledGrids } from "./ruled-grid.ts";
import { isRuleMark, type Piece, rowsOf } from "./table-rows.ts";

/** Share of a table's cells that hold words. Forms are half empty; grids of charts hold hardly a word. */
const fewestFilled = 0.25;
/** Share of the words in a grid that may lie across its rules: a label over grid lines does, a cell's word does not. */
const mostAcross = 0.12;
/** Share of the cells that may go over several rows: in stacked bars with their figures most do. */
const mostTall = 0.4;
/** Cells with more characters than this, when they hold most of all, are the text of frames. */
const frameText = 500;
const frameShare = 0.6;
/** Scratches in a picture look like rules; the engine hardly believes in the words between them. */
const leastConfidence = 40;
/** Rows of text in a face that hold a record each, at least, when rules stand between columns only. */
const fewestRecords = 4;
/** Share of those rows in which a column has a line, for it to be made of records, and of the columns that are so. */
const everyRow = 0.75;

/** The tables that `rules` draw around words of `lines`, from top to bottom. `reach`: how far apart rules that meet may be, px. */
export function findRuledTables(lines: readonly LayoutLine[], rules: PageRules, reach: number): FoundTable[] {
  if (rules.across.length < 2 || rules.down.length === 0) return [];
  const size = weightedMedian(lines.map((line) => [line.size, lineLength(line)]));
  return ruledGrids(rules, reach)
    .sort((a, b) => a.bbox[1] - b.bbox[1])
    .flatMap((grid) => {
      const table = toTable(grid, lines, size);
      return table === undefined ? [] : [table];
    });
}

function toTable(grid: RuledGrid, lines: readonly LayoutLine[], size: number): FoundTable | undefined {
  if (grid.rows * grid.columns < 2 || grid.cells.length < 2) return undefined;
  const { filled, across, total } = fill(grid, lines, size);
  const pieces = filled.flatMap((cell) => cell.pieces);
  if (across > total * mostAcross || lineConfidence(pieces) < leastConfidence) return undefined;
  if (filled.length < grid.cells.length * fewestFilled) return undefined;
  if (filled.filter((cell) => cell.rowSpan > 1).length > filled.length * mostTall) return undefined;
  const lengths = filled.map((cell) => cell.pieces.reduce((sum, piece) => sum + lineLength(piece), 0));
  const sum = (all: readonly number[]) => all.reduce((total, length) => total + length, 0);
  if (sum(lengths.filter((length) => length > frameText)) > sum(lengths) * frameShare) return undefined;
  const table = compact({ rows: grid.rows, columns: grid.columns, cells: withRecords(filled, grid.rows) });
  const isTable = table.rows > 1 && table.columns > 1 && new Set(table.cells.map(({ column }) => column)).size > 1;
  return isTable ? table : undefined;
}

type FilledCell = GridCell & { pieces: Piece[] };

/** The cells with words in them, and how many of the words in the grid lie across its rules. */
function fill(grid: RuledGrid, lines: readonly LayoutLine[], size: number) {
  const words = new Map<GridCell, Piece[]>();
  let across = 0;
  let total = 0;
  for (const line of lines) {
    const own = new Map<GridCell, LayoutLine["words"]>();
    for (const word of line.words) {
      const [x, y] = [(word.bbox[0] + word.bbox[2]) / 2, (word.bbox[1] + word.bbox[3]) / 2];
      const cell = grid.cells.find(({ bbox }) => x >= bbox[0] && x <= bbox[2] && y >= bbox[1] && y <= bbox[3]);
      if (cell === undefined) continue;
      own.set(cell, [...(own.get(cell) ?? []), word]);
      total++;
      if (word.bbox[0] < cell.bbox[0] - size / 2 || word.bbox[2] > cell.bbox[2] + size / 2) across++;
    }
    for (const [cell, parts] of own) {
      const piece = { ...partOfLine(line, parts), source: line };
      words.set(cell, [...(words.get(cell) ?? []), piece]);
    }
  }
  const filled = [...words].flatMap(([cell, pieces]): FilledCell[] =>
    pieces.every((piece) => piece.words.every((word) => isRuleMark(word.text)))
      ? []
      : [{ ...cell, pieces: rowsOf(pieces).flatMap((row) => row.pieces) }],
  );
  return { filled, across, total };
}

/** Faces that hold one line under another in most columns are divided into the records that these lines are. */
function withRecords(cells: readonly FilledCell[], rows: number): (FoundCell & { sub: number })[] {
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    const own = cells.filter((cell) => cell.row === row);
    const whole = own.map(({ bbox: _, ...cell }) => ({ ...cell, sub: 0 }));
    if (own.length < 2 || own.some((cell) => cell.rowSpan > 1)) return whole;
    const records = rowsOf(own.flatMap((cell) => cell.pieces));
    const inRecord = own.map((cell) => {
      const steps = records.filter((record) => record.pieces.some((piece) => cell.pieces.includes(piece)));
      return steps.length >= records.length * everyRow;
    });
    const regular = inRecord.filter(Boolean).length;
    if (records.length < fewestRecords || regular < Math.max(2, own.length * everyRow)) return whole;
    return records.flatMap((record, sub) =>
      whole.flatMap((cell) => {
        const pieces = record.pieces.filter((piece) => cell.pieces.includes(piece));
        return pieces.length === 0 ? [] : [{ ...cell, pieces, sub }];
      }),
    );
  });
}

/** Rows numbered anew after some were divided, and without the rows and columns in which no cell begins. */
function compact({
  columns,
  cells,
}: {
  rows: number;
  columns: number;
  cells: (FoundCell & { sub: number })[];
}): FoundTable {
  const key = (row: number, sub: number) => row * 10_000 + sub;
  const starts = [...new Set(cells.map(({ row, sub }) => key(row, sub)))].sort((a, b) => a - b);
  const kept = Array.from({ length: columns }, (_, at) => at).filter((at) => cells.some(({ column }) => column === at));
  const between = (all: readonly number[], from: number, to: number) =>
    Math.max(1, all.filter((one) => one >= from && one < to).length);
  return {
    rows: starts.length,
    columns: kept.length,
    cells: cells.map(({ sub, pieces, ...cell }) => ({
      row: starts.indexOf(key(cell.row, sub)),
      column: kept.indexOf(cell.column),
      rowSpan: cell.rowSpan === 1 ? 1 : between(starts, key(cell.row, 0), key(cell.row + cell.rowSpan, 0)),
      columnSpan: between(kept, cell.column, cell.column + cell.columnSpan),
      pieces,
    })),
  };
}
