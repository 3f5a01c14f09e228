// Lines of a page in, blocks out: tables first (their lines are no prose), then paragraphs, headings and items of lists.
// Every word of the lines is in exactly one block; order is that of the lines.
import type { DraftBlock } from "../page-tree.ts";
import { passages } from "./code-lines.ts";
import { headingLevel, isCaption } from "./find-headings.ts";
import type { FoundTable } from "./find-tables.ts";
import { groupLines, type LineStyle, usualStep } from "./group-lines.ts";
import {
  baselineOf,
  type LayoutLine,
  lineLength,
  lineText,
  partOfLine,
  sharedWidth,
  weightedMedian,
} from "./layout-line.ts";
import { itemStarts, type ListMarker } from "./list-marker.ts";
import { noRules, type PageRules } from "./page-rules.ts";
import { tablesOn } from "./page-tables.ts";

/** Sizes that differ by less are the same, as a share: exact in a PDF's text, measured on pictures. */
const sameSizeInText = 0.06;
const sameSizeOnPicture = 0.17;
/** Items whose markers stand closer than this are on one level, in sizes. */
const sameIndent = 0.8;

/** Lines of one paragraph are this many usual distances apart at most. */
const closeStep = 1.2;

/** Smallest type that is taken for a title's, in body sizes. */
const titleScale = 1.3;

/** What a PDF's tags tell, so that it is not guessed: blocks of that kind are made already. */
export type Told = { headings: boolean; tables: boolean };

export type Known = { rules?: PageRules; told?: Told };

/** `onPicture`: sizes and weights were measured, not told. `rules`: where the page is ruled, px. */
export function structure(lines: readonly LayoutLine[], onPicture: boolean, known: Known = {}): DraftBlock[] {
  return structureRegions([lines], onPicture, known);
}

/** The blocks of regions that are read one after another: no paragraph goes from one into the next, and no table without rules. */
export function structureRegions(
  regions: readonly (readonly LayoutLine[])[],
  onPicture: boolean,
  { rules = noRules, told = { headings: false, tables: false } }: Known = {},
): DraftBlock[] {
  const taken: TakenWords = told.tables ? new Map() : takenByTables(regions, rules);
  const lines = regions.flat();
  const prose = lines.filter((line) => !taken.has(line));
  const body = bodyOf(prose, lines);
  const style: LineStyle = {
    sameSize: onPicture ? sameSizeOnPicture : sameSizeInText,
    bodySize: body.size,
    usualStep: usualStep(prose),
  };
  const page: PageStyle = { style, body, onPicture, told };
  const written = new Set<FoundTable | DraftBlock>();
  const blocks = regions.flatMap((region) => regionBlocks(region, taken, written, page));
  return told.headings ? blocks : withTitle(blocks, body);
}

/** Words of a line that are in cells of a table. */
type TakenWords = Map<LayoutLine, { table: FoundTable; words: LayoutLine["words"] }[]>;
type PageStyle = { style: LineStyle; body: Body; onPicture: boolean; told: Told };

function takenByTables(regions: readonly (readonly LayoutLine[])[], rules: PageRules): TakenWords {
  const taken: TakenWords = new Map();
  const free = regions.map((region) => region.filter((line) => line.tag?.made === undefined));
  for (const table of tablesOn(free, rules)) {
    for (const { source, words } of table.cells.flatMap(({ pieces }) => pieces)) {
      taken.set(source, [...(taken.get(source) ?? []), { table, words }]);
    }
  }
  return taken;
}

/** `written`: what is already among the blocks of the page. */
function regionBlocks(
  lines: readonly LayoutLine[],
  taken: TakenWords,
  written: Set<FoundTable | DraftBlock>,
  page: PageStyle,
): DraftBlock[] {
  const blocks: DraftBlock[] = [];
  let prose: LayoutLine[] = [];
  const endProse = () => {
    blocks.push(...proseBlocks(prose, page));
    prose = [];
  };
  const write = (source: FoundTable | DraftBlock, block: () => DraftBlock) => {
    if (written.has(source)) return;
    written.add(source);
    endProse();
    blocks.push(block());
  };
  for (const line of lines) {
    const made = line.tag?.made;
    const parts = taken.get(line);
    if (made !== undefined) write(made, () => made);
    else if (parts === undefined) prose.push(line);
    else {
      const gone = new Set(parts.flatMap(({ words }) => words));
      const left = line.words.filter((word) => !gone.has(word));
      if (left.length > 0) prose.push(partOfLine(line, left));
      for (const { table } of parts) write(table, () => tableBlock(table));
    }
  }
  endProse();
  return blocks;
}

/** The first heading is the title when it is clearly larger than the body and than every other heading. */
function withTitle(blocks: DraftBlock[], body: Body): DraftBlock[] {
  const sizeOf = ({ lines }: DraftBlock) => Math.max(...(lines as LayoutLine[]).map((line) => line.size));
  const headings = blocks.filter((block) => block.type === "heading");
  const [title, ...others] = headings;
  if (title === undefined || sizeOf(title) < body.size * titleScale) return blocks;
  if (others.some((other) => sizeOf(other) > sizeOf(title) * (1 - sameSizeInText))) return blocks;
  return blocks.map((block) => (block === title ? { ...block, level: 1 } : block));
}

type Body = { size: number; bold: boolean };

function bodyOf(prose: readonly LayoutLine[], all: readonly LayoutLine[]): Body {
  const lines = prose.length > 0 ? prose : all;
  const length = lines.reduce((sum, line) => sum + lineLength(line), 0);
  const bold = lines.reduce((sum, line) => sum + (line.bold ? lineLength(line) : 0), 0);
  return { size: weightedMedian(lines.map((line) => [line.size, lineLength(line)])), bold: bold * 2 > length };
}

/** Lines whose sentence goes on below are the stressed beginning of a paragraph, or were measured wrongly: no heading is. */
function withoutRunIns(lines: readonly LayoutLine[], { style }: PageStyle): LayoutLine[] {
  return lines.map((line, index) => {
    const next = lines[index + 1];
    const goesOn =
      next !== undefined &&
      /^\p{Ll}/u.test(lineText(next)) &&
      sharedWidth(line, next) > 0 &&
      Math.abs(baselineOf(next) - baselineOf(line)) < style.usualStep * closeStep;
    return line.bold && goesOn && !next.bold ? { ...line, bold: false } : line;
  });
}

function proseBlocks(prose: readonly LayoutLine[], page: PageStyle): DraftBlock[] {
  const { style, body, onPicture, told } = page;
  const lines = onPicture ? withoutRunIns(prose, page) : prose;
  const parts = passages(lines);
  const listings = new Set(parts.filter(({ code }) => code).map((part) => part.lines));
  const starts = itemStarts(parts.flatMap((part) => (part.code ? [] : part.lines)));
  const groups = parts.flatMap((part) => (part.code ? [part.lines] : groupLines(part.lines, starts, style)));
  const blocks: DraftBlock[] = [];
  let open: number[] = [];
  for (const group of groups) {
    const [first] = group;
    if (first === undefined) continue;
    if (listings.has(group)) {
      open = [];
      blocks.push({ type: "paragraph", code: true, lines: group });
      continue;
    }
    const marker = starts.get(first);
    const level = told.headings ? undefined : headingLevel(group, body, onPicture);
    if (level !== undefined && (marker === undefined || standsOut(group, body, onPicture, marker))) {
      open = [];
      blocks.push({ type: "heading", level, lines: group });
    } else if (marker !== undefined) {
      const left = first.dot ?? first.bbox[0];
      open = open.filter((outer) => outer < left - first.size * sameIndent);
      open.push(left);
      blocks.push({ type: "list-item", level: Math.min(6, open.length), lines: group });
    } else {
      open = [];
      blocks.push({ type: isCaption(group) ? "caption" : "paragraph", lines: group });
    }
  }
  return blocks;
}

/** Marked like an item, yet a heading: all of it is bold or clearly larger. */
function standsOut(group: readonly LayoutLine[], body: Body, onPicture: boolean, marker: ListMarker): boolean {
  if (marker.number === undefined) return false;
  // Sizes that a PDF tells are exact.
  const larger = group.every((line) => line.size >= body.size * (onPicture ? 1.2 : 1.03));
  return larger || (!body.bold && group.every((line) => line.bold));
}

/** The lines of a table's block are its cells' lines, in the order of the cells. */
function tableBlock(table: FoundTable): DraftBlock {
  const lines: DraftBlock["lines"] = [];
  const cells = [...table.cells]
    .sort((a, b) => a.row - b.row || a.column - b.column)
    .map(({ pieces, ...cell }) => ({
      ...cell,
      lines: pieces.map(({ bbox, baseline, words }) => lines.push({ bbox, baseline, words }) - 1),
    }));
  return { type: "table", lines, table: { rows: table.rows, columns: table.columns, cells } };
}
