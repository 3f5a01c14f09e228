// Lines of a table's body joined to rows where a cell goes on over several lines.
import { lineText, weightedMedian } from "./layout-line.ts";
import type { TableRow } from "./table-columns.ts";
import type { Piece } from "./table-rows.ts";

/** Lines of one cell stand closer than this share of the usual distance between rows. */
const closer = 0.85;
/** Lines further apart, in sizes, are never one cell. */
const widestStep = 1.9;

/** `rows` with lines that only carry on what stands above or below them joined to that. */
export function joinedCells(rows: readonly TableRow[]): TableRow[] {
  const steps = rows.slice(1).map(({ row }, index) => row.middle - (rows[index]?.row.middle ?? 0));
  const usual = weightedMedian(steps.map((step) => [step, 1]));
  const joined: TableRow[] = [];
  for (const [index, { row, cells }] of rows.entries()) {
    const above = joined.at(-1);
    const step = steps[index - 1] ?? 0;
    if (above !== undefined && step < row.size * widestStep && carriesOn(above, cells, step < usual * closer)) {
      for (const [column, pieces] of cells) above.cells.set(column, [...(above.cells.get(column) ?? []), ...pieces]);
    } else if (cells.size > 0) joined.push({ row, cells: new Map(cells) });
  }
  return joined;
}

function carriesOn(above: TableRow, cells: ReadonlyMap<number, Piece[]>, isClose: boolean): boolean {
  const first = cells.get(0);
  // A line that begins in the middle of a sentence belongs to what begins it, also when the numbers stand beside the last line.
  const small = first !== undefined && /^[\p{Ll}(]/u.test(first.map(lineText).join(" "));
  if (small && above.cells.has(0)) return cells.size === 1 || above.cells.size === 1;
  return isClose && [...cells.keys()].every((column) => column > 0 && above.cells.has(column));
}
