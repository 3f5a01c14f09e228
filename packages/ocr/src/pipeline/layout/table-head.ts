// The head of a table: names of columns over one or more lines, and above them names of groups of columns.
import type { FoundCell } from "./find-tables.ts";
import type { Rule } from "./page-rules.ts";
import { type Column, columnAt, cutAtColumns } from "./table-columns.ts";
import type { Piece, Row } from "./table-rows.ts";

/** The rule under the name of a group stands no lower than this, in sizes. */
const ruleBelow = 1.6;
/** Names of two columns may stand closer than cells do, but not as close as words, in sizes: spaces are 0.25 to 0.35. */
const betweenNames = 0.45;

type Group = { from: number; to: number; pieces: Piece[] };

/** The head's cells. Names of groups make a row of their own, in which names of single columns begin and go down. */
export function headRows(
  head: readonly Row[],
  columns: readonly Column[],
  rules: readonly Rule[],
  size: number,
): { rows: number; cells: FoundCell[] } {
  if (head.length === 0) return { rows: 0, cells: [] };
  const groups: Group[] = [];
  const single = new Map<number, Piece[]>();
  const last = head.at(-1)?.middle ?? 0;
  // The rule under the whole head is no group's.
  const inside = rules.filter(({ at }) => at < last);
  for (const piece of head.flatMap((row) => row.pieces)) {
    const group = groupUnder(piece, columns, inside, size);
    if (group !== undefined) {
      const known = groups.find(({ from, to }) => from <= group.to && to >= group.from);
      if (known === undefined) groups.push({ ...group, pieces: [piece] });
      else known.pieces.push(piece);
      continue;
    }
    for (const [column, part] of namesIn(piece, columns)) single.set(column, [...(single.get(column) ?? []), part]);
  }
  const isGrouped = (column: number) => groups.some(({ from, to }) => column >= from && column <= to);
  const rows = groups.length > 0 && [...single.keys()].some(isGrouped) ? 2 : 1;
  const names = [...single].map(([column, pieces]) => {
    const row = isGrouped(column) ? rows - 1 : 0;
    return { row, column, rowSpan: rows - row, columnSpan: 1, pieces };
  });
  const above = groups.map(({ from, to, pieces }) => ({
    row: 0,
    column: from,
    rowSpan: 1,
    columnSpan: to - from + 1,
    pieces,
  }));
  return { rows, cells: [...above, ...names] };
}

/** The columns that a piece names together: those over the rule under it, or those that it reaches over itself. */
function groupUnder(
  piece: Piece,
  columns: readonly Column[],
  rules: readonly Rule[],
  size: number,
): { from: number; to: number } | undefined {
  const { bbox } = piece;
  const middle = (bbox[0] + bbox[2]) / 2;
  const rule = rules.find(
    ({ at, from, to }) => at > bbox[1] && at - bbox[3] < ruleBelow * size && from < middle && to > middle,
  );
  if (rule === undefined && namesIn(piece, columns).size > 1) return undefined;
  const [left, right] = rule === undefined ? [bbox[0], bbox[2]] : [rule.from, rule.to];
  const over = columns.flatMap(({ x0, x1 }, index) =>
    Math.min(x1, right) - Math.max(x0, left) > Math.min(size, x1 - x0) / 2 ? [index] : [],
  );
  const [from, to] = [over[0], over.at(-1)];
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

/** A piece cut where its words are further apart than words are and go on over another column. */
function namesIn(piece: Piece, columns: readonly Column[]): Map<number, Piece> {
  const columnOf = new Map<Piece["words"][number], number>();
  let name: Piece["words"] = [];
  const end = () => {
    const middle = ((name[0]?.bbox[0] ?? 0) + (name.at(-1)?.bbox[2] ?? 0)) / 2;
    for (const word of name) columnOf.set(word, columnAt(columns, middle));
    name = [];
  };
  for (const word of piece.words) {
    const before = name.at(-1);
    if (before !== undefined && word.bbox[0] - before.bbox[2] > betweenNames * piece.size) end();
    name.push(word);
  }
  end();
  return cutAtColumns(piece, columns, (word) => columnOf.get(word) ?? 0);
}
