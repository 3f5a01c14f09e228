// Rules that cross make a grid: its faces are the cells of a table. Where the rule between two faces is missing they are one cell.
import type { Box } from "@legible/shared/document";
import type { PageRules, Rule } from "./page-rules.ts";

export type GridCell = { row: number; column: number; rowSpan: number; columnSpan: number; bbox: Box };
export type RuledGrid = { rows: number; columns: number; cells: GridCell[]; bbox: Box };

/** Share of a face's side that its rule must cover: scans break rules, and corners are rounded. */
const solid = 0.6;
/** Lines of one grid, at most: more are graph paper or hatching. */
const mostLines = 120;

/** The grids on a page. `reach`: how far apart ends and rules may be that are meant to meet, px. */
export function ruledGrids(rules: PageRules, reach: number): RuledGrid[] {
  return crossing(rules, reach).flatMap((group) => {
    const grid = gridOf(group, reach);
    return grid === undefined ? [] : [grid];
  });
}

/** Groups of rules that hang together by crossing one another. */
function crossing({ across, down }: PageRules, reach: number): PageRules[] {
  const left = { across: new Set(across), down: new Set(down) };
  const meets = (rule: Rule, other: Rule) =>
    rule.at >= other.from - reach &&
    rule.at <= other.to + reach &&
    other.at >= rule.from - reach &&
    other.at <= rule.to + reach;
  const groups: PageRules[] = [];
  for (const start of across) {
    if (!left.across.delete(start)) continue;
    const group: PageRules = { across: [start], down: [] };
    // Grows while it is walked through.
    const open: { rule: Rule; other: "across" | "down" }[] = [{ rule: start, other: "down" }];
    for (const { rule, other } of open) {
      for (const next of left[other]) {
        if (!meets(rule, next)) continue;
        left[other].delete(next);
        group[other].push(next);
        open.push({ rule: next, other: other === "down" ? "across" : "down" });
      }
    }
    if (group.down.length > 0) groups.push(group);
  }
  return groups;
}

function gridOf({ across, down }: PageRules, reach: number): RuledGrid | undefined {
  const ys = lines(across, down, reach);
  const xs = lines(down, across, reach);
  const [rows, columns] = [ys.length - 1, xs.length - 1];
  if (rows < 1 || columns < 1 || xs.length > mostLines || ys.length > mostLines) return undefined;
  // Rules that stand on the grid's line number `line`, over the stretch from `from` to `to`.
  const isClosed = (all: readonly Rule[], own: readonly number[], line: number, from: number, to: number) => {
    if (line === 0 || line === own.length - 1) return true;
    const at = own[line] ?? 0;
    const covered = all
      .filter((rule) => Math.abs(rule.at - at) <= reach)
      .reduce((sum, rule) => sum + Math.max(0, Math.min(to, rule.to) - Math.max(from, rule.from)), 0);
    return covered >= (to - from) * solid;
  };
  const open = {
    down: (row: number, column: number) =>
      row + 1 < rows && !isClosed(across, ys, row + 1, xs[column] ?? 0, xs[column + 1] ?? 0),
    right: (row: number, column: number) =>
      column + 1 < columns && !isClosed(down, xs, column + 1, ys[row] ?? 0, ys[row + 1] ?? 0),
  };
  const cells = rectangles(rows, columns, open).map((cell) => ({
    ...cell,
    bbox: [
      xs[cell.column] ?? 0,
      ys[cell.row] ?? 0,
      xs[cell.column + cell.columnSpan] ?? 0,
      ys[cell.row + cell.rowSpan] ?? 0,
    ] as Box,
  }));
  return { rows, columns, cells, bbox: [xs[0] ?? 0, ys[0] ?? 0, xs.at(-1) ?? 0, ys.at(-1) ?? 0] };
}

/**
 * Positions of the lines of a grid that `own` rules make. Many tables have no rules at their sides: where the rules across them run on
 * beyond the last of their own, that is a line, too.
 */
function lines(own: readonly Rule[], others: readonly Rule[], reach: number): number[] {
  const ends = [Math.min(...others.map((rule) => rule.from)), Math.max(...others.map((rule) => rule.to))];
  const found: number[] = [];
  for (const at of own.map((rule) => rule.at).sort((a, b) => a - b)) {
    if (found.length === 0 || at - (found.at(-1) ?? 0) > reach) found.push(at);
  }
  const [first = 0, last = 0] = [found[0], found.at(-1)];
  const [low = 0, high = 0] = ends;
  // An open side holds at least a letter.
  return [...(first - low > reach * 2 ? [low] : []), ...found, ...(high - last > reach * 2 ? [high] : [])];
}

type Span = Omit<GridCell, "bbox">;

/** Faces joined where nothing is between them; each cell is grown until it is a rectangle. */
function rectangles(
  rows: number,
  columns: number,
  open: { down(row: number, column: number): boolean; right(row: number, column: number): boolean },
): Span[] {
  const cells: Span[] = [];
  const taken = new Set<number>();
  const place = (row: number, column: number) => row * columns + column;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (taken.has(place(row, column))) continue;
      let columnSpan = 1;
      while (open.right(row, column + columnSpan - 1) && !taken.has(place(row, column + columnSpan))) columnSpan++;
      const inRow = Array.from({ length: columnSpan }, (_, index) => column + index);
      let rowSpan = 1;
      while (inRow.every((at) => open.down(row + rowSpan - 1, at) && !taken.has(place(row + rowSpan, at)))) rowSpan++;
      for (let below = row; below < row + rowSpan; below++) for (const at of inRow) taken.add(place(below, at));
      cells.push({ row, column, rowSpan, columnSpan });
    }
  }
  return cells;
}
