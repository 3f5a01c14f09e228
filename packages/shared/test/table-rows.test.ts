import { expect, test } from "vitest";
import { tableRows } from "../src/table-rows.ts";

const cell = (row: number, column: number, rowSpan = 1, columnSpan = 1) => ({
  row,
  column,
  rowSpan,
  columnSpan,
  text: `${row}.${column}`,
  bbox: [0, 0, 1, 1] as [number, number, number, number],
  wordIds: [],
});

function drawn(rows: number, columns: number, cells: ReturnType<typeof cell>[]): string[] {
  return tableRows({ rows, columns, cells }).map((places) => places.map((place) => place.cell?.text ?? "–").join(" "));
}

test("places without a cell keep their place in the row", () => {
  expect(drawn(2, 4, [cell(0, 0), cell(0, 1), cell(0, 2), cell(0, 3), cell(1, 2), cell(1, 3)])).toEqual([
    "0.0 0.1 0.2 0.3",
    "– – 1.2 1.3",
  ]);
});

test("what a span covers, down or across, is no place", () => {
  expect(drawn(3, 3, [cell(0, 0, 2, 1), cell(0, 1, 1, 2), cell(1, 1), cell(2, 0, 1, 3)])).toEqual([
    "0.0 0.1",
    "1.1 –",
    "2.0",
  ]);
});
