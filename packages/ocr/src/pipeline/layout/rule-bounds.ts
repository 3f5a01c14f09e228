// Many printed tables have rules above and below them and under their head, and none between columns. Rules of the same width, one
// under another, with rows of several pieces between them bound such a table.
import { findGutter } from "./find-gutter.ts";
import { lineText, weightedMedian } from "./layout-line.ts";
import type { PageRules, Rule } from "./page-rules.ts";
import type { Row } from "./table-rows.ts";

/** What stands between rules: rows of the head (none when there is no rule under it), and of the body; and the row above the rules. */
export type Bounded = { head: Row[]; body: Row[]; above: Row | undefined; rules: Rule[] };

/** Rules of one table begin and end within so much of each other, in sizes. */
const sameEnds = 1.5;
/** Narrower rules, in sizes, are under a word or a signature. */
const narrowest = 12;
/** Share of the rows between two rules that have several pieces; cells over several lines and headings of groups have one. */
const severalPieces = 0.25;
/** Pieces longer than this, in the middle, are lines of text in columns (characters). */
const longestPiece = 30;
/** A line so wide, as a share of its rules, is no cell but text between two tables. */
const proseWidth = 0.75;
/** A head has no more rows than this, and fewer than the body. */
const mostHeadRows = 6;

/** A gutter beside running text that goes down through so many rows, and so much of all, is none of a table with long cells. */
const fewestColumnRows = 20;
const mostRowsInColumns = 0.6;

/** A head above the first rule stands no further from it, in sizes. */
const aboveRule = 1.2;

/** The stretches of `rows` that rules bound, from top to bottom. `size`: of the page's usual letters, px. */
export function boundedRows(rows: readonly Row[], { across, down }: PageRules, size: number): Bounded[] {
  const groups: Rule[][] = [];
  for (const rule of [...across].sort((a, b) => a.at - b.at)) {
    if (rule.to - rule.from < narrowest * size) continue;
    const group = groups.find(([first]) => first !== undefined && isAsWide(first, rule, size));
    if (group === undefined) groups.push([rule]);
    else group.push(rule);
  }
  // Frames around text or a diagram, and boxes in it, are as wide above as below, too.
  const isOpen = (rule: Rule) =>
    !down.some(
      ({ at, from, to }) =>
        at > rule.from - size && at < rule.to + size && from < rule.at + size && to > rule.at - size,
    );
  return groups.flatMap((group) => tablesBetween(group.filter(isOpen), rows, across, size));
}

function isAsWide(a: Rule, b: Rule, size: number): boolean {
  return Math.abs(a.from - b.from) <= sameEnds * size && Math.abs(a.to - b.to) <= sameEnds * size;
}

function tablesBetween(group: readonly Rule[], rows: readonly Row[], rules: readonly Rule[], size: number): Bounded[] {
  const found: Bounded[] = [];
  let parts: Row[][] = [];
  let top = 0;
  const end = () => {
    const [first = [], ...rest] = parts;
    const body = rest.flat();
    const hasHead = first.length <= mostHeadRows && first.length < body.length;
    const last = rows.findLast((row) => row.middle < top && top - row.bottom < aboveRule * size);
    const above = last === undefined || group[0] === undefined ? undefined : within(last, group[0], size);
    const split = hasHead ? { head: first, body } : { head: [], body: parts.flat() };
    if (parts.length > 0) found.push({ ...split, above, rules: [...rules] });
    parts = [];
  };
  for (const [index, rule] of group.slice(1).entries()) {
    const above = group[index] ?? rule;
    const between = rows.filter(({ middle }) => middle > above.at && middle < rule.at);
    const inside = between.flatMap((row) => within(row, rule, size) ?? []);
    // Double rules have nothing between them.
    if (inside.length === 0 && rule.at - above.at < size) continue;
    if (!isTabular(inside, rule.to - rule.from) || isInColumns(inside)) {
      end();
      continue;
    }
    if (parts.length === 0) top = above.at;
    parts.push(inside);
  }
  end();
  return found;
}

/** The pieces of `row` under or over `rule`; undefined when there are none. */
function within(row: Row, { from, to }: Rule, size: number): Row | undefined {
  const pieces = row.pieces.filter(({ bbox }) => bbox[0] >= from - size && bbox[2] <= to + size);
  return pieces.length === 0 ? undefined : { ...row, pieces };
}

/** A whole page between the rule under its title and the one above its foot: text in columns, which may hold tables of its own. */
function isInColumns(rows: readonly Row[]): boolean {
  if (rows.length < fewestColumnRows) return false;
  const gutter = findGutter(rows, []);
  return gutter !== undefined && gutter.to - gutter.from >= rows.length * mostRowsInColumns;
}

/** `width`: of the rules above and below, px. */
function isTabular(rows: readonly Row[], width: number): boolean {
  if (
    rows.some(({ pieces: [first, second] }) => first && !second && first.bbox[2] - first.bbox[0] > width * proseWidth)
  )
    return false;
  const several = rows.filter((row) => row.pieces.length > 1);
  const length = weightedMedian(
    several.flatMap((row) => row.pieces.map((piece) => [lineText(piece).length, 1] as const)),
  );
  return several.length > 0 && several.length >= rows.length * severalPieces && length <= longestPiece;
}
