// All the tables of a page, from the surest kind to the least sure: cells that are drawn, rules above and below, and lines that merely
// stand in columns. What one kind has taken is not there for the next.
import { findBoundedTables } from "./bounded-tables.ts";
import { type FoundTable, findTables } from "./find-tables.ts";
import { type LayoutLine, lineLength, weightedMedian } from "./layout-line.ts";
import { joinedRules, type PageRules } from "./page-rules.ts";
import { findRuledTables } from "./ruled-tables.ts";
import { type Row, toRows } from "./table-rows.ts";

/** How far apart rules may be that are meant to meet or to be one, in sizes: double rules and rounded corners are closer, rows are not. */
const reach = 0.45;

/** The tables of a page; every word is in one at most. Tables without any rule are sought within each of `regions`. */
export function tablesOn(regions: readonly (readonly LayoutLine[])[], rules: PageRules): FoundTable[] {
  const lines = regions.flat();
  const size = weightedMedian(lines.map((line) => [line.size, lineLength(line)]));
  const near = size * reach;
  const joined = { across: joinedRules(rules.across, near), down: joinedRules(rules.down, near) };
  const drawn = findRuledTables(lines, joined, near);
  const bounded = findBoundedTables(without(toRows(lines), drawn), joined, size);
  const ruled = [...drawn, ...bounded];
  return [...ruled, ...regions.flatMap((region) => findTables(without(toRows(region), ruled)))];
}

/** `rows` without the pieces of which `tables` hold words. */
function without(rows: readonly Row[], tables: readonly FoundTable[]): Row[] {
  const cells = tables.flatMap((table) => table.cells);
  const words = new Set(cells.flatMap(({ pieces }) => pieces.flatMap((piece) => piece.words)));
  return rows.flatMap((row) => {
    const pieces = row.pieces.filter((piece) => !piece.words.some((word) => words.has(word)));
    return pieces.length === 0 ? [] : [{ ...row, pieces }];
  });
}
