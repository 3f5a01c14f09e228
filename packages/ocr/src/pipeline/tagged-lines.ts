// Puts the lines of a tagged page into the order of its tags and makes the blocks that the tags tell: headings, items of lists,
// captions, tables. Tags that leave out much of the page, or that jump about on it, are not believed.

import { joinedParts } from "./joined-parts.ts";
import { withDropCaps } from "./layout/drop-caps.ts";
import { baselineOf, type LayoutLine, sharedWidth } from "./layout/layout-line.ts";
import type { Told } from "./layout/structure.ts";
import { withLooseLine } from "./loose-lines.ts";
import type { DraftBlock } from "./page-tree.ts";
import type { PageTags } from "./pdf/pdf-tags.ts";
import { taggedTable } from "./tagged-table.ts";

/** A line all of whose letters stand in one block of the tags, or in none; `content`: where its first letter belongs. */
export type BlockLine = { line: LayoutLine; block: number | undefined; content: number | undefined };

/** Share of the letters that tags must name: headers, footers and page numbers are rightly left out, on short pages they are much. */
const enoughNamed = 0.6;
/** Lines that stand above the one before them in the same column: as many as in the page's own order, and this share of lines more. */
const tolerableJumps = 0.1;

/** `lines` as the tags want them; undefined when the tags cannot be believed. */
export function taggedLines(
  lines: readonly BlockLine[],
  tags: PageTags,
): { lines: LayoutLine[]; told: Told } | undefined {
  const named = lines.filter(({ block }) => block !== undefined);
  if (lettersOf(named) < lettersOf(lines) * enoughNamed) return undefined;
  const rank = new Map([...tags.blockOf.keys()].map((content, index) => [content, index]));
  const rankOf = ({ content = -1 }: BlockLine) => rank.get(content) ?? 0;
  const byBlock = new Map<number, LayoutLine[]>();
  for (const { line, block = -1 } of named.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    byBlock.set(block, [...(byBlock.get(block) ?? []), line]);
  }
  const order = [...byBlock.keys()].sort((a, b) => a - b);
  const sorted = order.flatMap((block) => byBlock.get(block) ?? []);
  const own = named.map(({ line }) => line);
  if (jumps(sorted) > jumps(own) + lines.length * tolerableJumps) return undefined;

  const tables = tags.tables.map((_, index) => taggedTable(index, tags, byBlock));
  const placed = order.flatMap((block): LayoutLine[] => {
    const { type, level, cell } = tags.blocks[block] ?? { type: undefined };
    const parts = joinedParts(withDropCaps(byBlock.get(block) ?? []));
    if (type === undefined) return parts;
    if (type === "paragraph") return parts.map((line) => ({ ...line, tag: { block } }));
    const made: DraftBlock | undefined =
      cell === undefined
        ? { type: type as "heading", ...(level === undefined ? {} : { level }), lines: parts }
        : tables[cell.table];
    return made === undefined ? parts : parts.map((line) => ({ ...line, tag: { block, made } }));
  });
  const loose = lines.filter(({ block }) => block === undefined).map(({ line }) => line);
  const kinds = new Set(order.map((block) => tags.blocks[block]?.type));
  const told = {
    headings: kinds.has("heading"),
    // A producer that tells headings, lists or tables tells the tables that there are.
    tables: kinds.has("heading") || kinds.has("cell") || kinds.has("list-item"),
  };
  return { lines: loose.reduce<LayoutLine[]>(withLooseLine, joinedParts(placed)), told };
}

function lettersOf(lines: readonly BlockLine[]): number {
  return lines.reduce((sum, { line }) => sum + line.words.reduce((letters, word) => letters + word.text.length, 0), 0);
}

/** How often a line stands above the one before it although both are in one column. */
function jumps(lines: readonly LayoutLine[]): number {
  return lines.filter((line, index) => {
    const last = lines[index - 1];
    return last !== undefined && sharedWidth(last, line) > 0 && baselineOf(line) < baselineOf(last) - line.size;
  }).length;
}
