// A table's cells as its rows are drawn: places that a span covers are left out, and places without a cell are named, or all after them
// would move.
import type { Block } from "./document.ts";

type Table = NonNullable<Block["table"]>;
type Cell = Table["cells"][number];
/** A place of a row; `cell` is missing where the page has none. */
export type TablePlace = { column: number; cell?: Cell };

/** The places of each row, from left to right. */
export function tableRows(table: Table): TablePlace[][] {
  const at = new Map(table.cells.map((cell) => [nameOf(cell.row, cell.column), cell]));
  const covered = new Set<string>();
  return Array.from({ length: table.rows }, (_, row) => {
    const places: TablePlace[] = [];
    for (let column = 0; column < table.columns; column++) {
      const cell = at.get(nameOf(row, column));
      if (covered.has(nameOf(row, column))) continue;
      places.push(cell === undefined ? { column } : { column, cell });
      if (cell !== undefined) for (const name of namesUnder(cell)) covered.add(name);
    }
    return places;
  });
}

function namesUnder({ row, column, rowSpan, columnSpan }: Cell): string[] {
  return Array.from({ length: rowSpan * columnSpan }, (_, index) =>
    nameOf(row + Math.floor(index / columnSpan), column + (index % columnSpan)),
  );
}

function nameOf(row: number, column: number): string {
  return `${row} ${column}`;
}
