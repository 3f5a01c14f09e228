// The grid of a tagged table: its cells with their places, found as browsers find those of an HTML table.
import type { StructElement } from "./struct-elements.ts";

export type TagCell = {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  element: StructElement;
};

const rowGroups = new Set(["THead", "TBody", "TFoot", "NonStruct", "Div"]);

export type TagGrid = {
  cells: TagCell[];
  rows: number;
  columns: number;
  /** Rows whose cells fill the table's width. Browsers leave empty cells out, so in other rows places are not sure. */
  fullRows: Set<number>;
};

/** `others`: what stands in the table and is no row, such as its caption. */
export function tagGrid(table: StructElement): TagGrid & { others: StructElement[] } {
  const rows: StructElement[] = [];
  const others: StructElement[] = [];
  const walk = ({ children }: StructElement): void => {
    for (const child of children) {
      if (typeof child === "number" || child === undefined) continue;
      if (child.type === "TR") rows.push(child);
      else if (rowGroups.has(child.type)) walk(child);
      else others.push(child);
    }
  };
  walk(table);
  return { ...placed(rows), rows: rows.length, others };
}

function placed(rows: readonly StructElement[]): Pick<TagGrid, "cells" | "columns" | "fullRows"> {
  const taken = new Set<string>();
  const cells: TagCell[] = [];
  const widths = rows.map(({ children }, row) => {
    let column = 0;
    const skip = () => {
      while (taken.has(`${row} ${column}`)) column++;
    };
    for (const child of children) {
      if (typeof child === "number") continue;
      skip();
      const { rowSpan, columnSpan } = child ?? { rowSpan: 1, columnSpan: 1 };
      if (child !== undefined) {
        cells.push({ row, column, rowSpan: Math.min(rowSpan, rows.length - row), columnSpan, element: child });
      }
      for (let down = 1; down < rowSpan; down++) {
        for (let right = 0; right < columnSpan; right++) taken.add(`${row + down} ${column + right}`);
      }
      column += columnSpan;
    }
    skip();
    return column;
  });
  const columns = Math.max(0, ...widths);
  return { cells, columns, fullRows: new Set(widths.flatMap((width, row) => (width === columns ? [row] : []))) };
}
