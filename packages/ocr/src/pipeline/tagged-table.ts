// The block of a table that the tags of a page tell: its cells with the lines that stand in them.
import { joinedParts } from "./joined-parts.ts";
import type { LayoutLine } from "./layout/layout-line.ts";
import type { DraftBlock } from "./page-tree.ts";
import { union } from "./page-tree.ts";
import type { PageTags } from "./pdf/pdf-tags.ts";
import type { TagGrid } from "./pdf/tag-tables.ts";

type Cell = { row: number; column: number; rowSpan: number; columnSpan: number; lines: LayoutLine[] };

/** `byBlock`: the page's lines by block of the tags. Undefined when fewer than two cells have text. */
export function taggedTable(
  index: number,
  tags: PageTags,
  byBlock: ReadonlyMap<number, LayoutLine[]>,
): DraftBlock | undefined {
  const grid = tags.tables[index];
  if (grid === undefined) return undefined;
  const written = tags.blocks.flatMap(({ cell }, block): Cell[] => {
    const place = cell?.table === index ? grid.cells[cell.index] : undefined;
    const own = byBlock.get(block);
    if (place === undefined || own === undefined) return [];
    const { row, column, rowSpan, columnSpan } = place;
    return [{ row, column, rowSpan, columnSpan, lines: joinedParts(own) }];
  });
  if (written.length < 2) return undefined;
  const lines: LayoutLine[] = [];
  const cells = inColumns(written, grid).map((cell) => ({
    ...cell,
    lines: cell.lines.map((line) => lines.push(line) - 1),
  }));
  return { type: "table", lines, table: { rows: grid.rows, columns: grid.columns, cells } };
}

type Extent = { x0: number; x1: number };

/** The cells of rows in which some are missing, put under the columns that full rows show. */
function inColumns(cells: readonly Cell[], { columns, fullRows }: TagGrid): Cell[] {
  const extents = Array.from({ length: columns }, (_, column): Extent | undefined => {
    const own = cells.filter((cell) => cell.column === column && cell.columnSpan === 1 && fullRows.has(cell.row));
    if (own.length === 0) return undefined;
    const [x0, , x1] = union(own.flatMap(({ lines }) => lines.map((line) => line.bbox)));
    return { x0, x1 };
  });
  const next = new Map<number, number>();
  return cells.map((cell) => {
    if (fullRows.has(cell.row)) return cell;
    const from = next.get(cell.row) ?? 0;
    const column = nearest(cell, extents, from, columns);
    next.set(cell.row, column + cell.columnSpan);
    return { ...cell, column };
  });
}

/** The column that most of the cell stands under, from `from` on; its own where no column is known. */
function nearest(
  { lines, column, columnSpan }: Cell,
  extents: readonly (Extent | undefined)[],
  from: number,
  columns: number,
): number {
  const [x0, , x1] = union(lines.map((line) => line.bbox));
  const last = columns - columnSpan;
  let best = Math.min(Math.max(column, from), Math.max(0, last));
  let most = Number.NEGATIVE_INFINITY;
  for (let at = from; at <= last; at++) {
    const extent = extents[at];
    // Negative for columns beside the cell: the nearest is best.
    const shared = extent === undefined ? Number.NEGATIVE_INFINITY : Math.min(x1, extent.x1) - Math.max(x0, extent.x0);
    if (shared > most) [most, best] = [shared, at];
  }
  return best;
}
