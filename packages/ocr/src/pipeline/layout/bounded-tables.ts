// Tables between rules above and below, without rules between their columns: columns are where white goes down through the rows.
import { joinedCells } from "./bounded-rows.ts";
import type { FoundTable } from "./find-tables.ts";
import { lineConfidence } from "./layout-line.ts";
import type { PageRules } from "./page-rules.ts";
import { type Bounded, boundedRows } from "./rule-bounds.ts";
import { columnsOf, placeWords, type TableRow } from "./table-columns.ts";
import { headRows } from "./table-head.ts";
import type { Row } from "./table-rows.ts";

/** Rows of several cells, and share of cells filled, that make a table where its rules already tell of one. */
const fewestRows = 2;
const fewestFilled = 0.45;
const leastConfidence = 35;

/** The tables among `rows` that only have rules above, below and under the head. */
export function findBoundedTables(rows: readonly Row[], rules: PageRules, size: number): FoundTable[] {
  return boundedRows(rows, rules, size).flatMap((bounded) => {
    const table = toTable(bounded, size);
    return table === undefined ? [] : [table];
  });
}

/** A head names every column; over the names of the rows, where there are several columns of figures, it may have nothing. */
function isHeadOver({ cells }: TableRow, columns: number): boolean {
  return cells.size === columns || (columns > 2 && cells.size === columns - 1 && !cells.has(0));
}

function toTable({ head: ruledHead, body: ruledBody, above, rules }: Bounded, size: number): FoundTable | undefined {
  const columns = columnsOf(ruledBody, size);
  if (columns.length < 2) return undefined;
  // Where every row has a rule under it, the head stands above the first one.
  const isHead =
    above !== undefined && above.pieces.length > 1 && isHeadOver(placeWords(above, columns), columns.length);
  const [head, body] = isHead ? [[above], [...ruledHead, ...ruledBody]] : [ruledHead, ruledBody];
  const placed = body.map((row) => placeWords(row, columns));
  const several = placed.filter(({ cells }) => cells.size > 1);
  const filled = several.reduce((sum, { cells }) => sum + cells.size, 0);
  if (several.length < fewestRows || filled < several.length * columns.length * fewestFilled) return undefined;
  const all = [...head, ...body].flatMap((row) => row.pieces);
  if (lineConfidence(all) < leastConfidence) return undefined;
  const top = headRows(head, columns, rules, size);
  const below = joinedCells(placed);
  const cells = [
    ...top.cells,
    ...below.flatMap((row, index) =>
      [...row.cells].map(([column, pieces]) => ({ row: top.rows + index, column, rowSpan: 1, columnSpan: 1, pieces })),
    ),
  ];
  return { rows: top.rows + below.length, columns: columns.length, cells };
}
