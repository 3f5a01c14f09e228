// The tags of a PDF page: which pieces of its marked content make a heading, a paragraph, an item of a list, a cell of a table, and
// in which order they are read (PDF 32000-1, 14.7 and 14.8). Word processors and browsers write them; whether they can be believed is
// for the reader of the page to say.
import type { PdfPage } from "./pdf-page.ts";
import { type StructElement, structElements } from "./struct-elements.ts";
import { type TagGrid, tagGrid } from "./tag-tables.ts";

/** What the tags say of a run of content. Undefined `type`: content that stands in no block of its own. */
export type TagBlock = {
  type: "heading" | "paragraph" | "list-item" | "caption" | "cell" | undefined;
  /** Of a heading, or depth of a list item; 1–6. */
  level?: number;
  /** Index in `tables` and in its cells. */
  cell?: { table: number; index: number };
};

export type PageTags = {
  /** In reading order. */
  blocks: TagBlock[];
  tables: TagGrid[];
  /** Index in `blocks` for each marked content of the page. */
  blockOf: Map<number, number>;
};

/** Elements that hold blocks and are none (14.8.4.2); NonStruct is what browsers make of a div and of a piece of text alike. */
const groups = new Set(
  "Document Part Art Sect Div NonStruct BlockQuote TOC TOCI Index Private Aside Title THead TBody TFoot TR TD TH Form".split(
    " ",
  ),
);
/** Elements within a line (14.8.4.4). */
const inline = new Set(
  "Span Quote Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Em Strong Sub Lbl LBody Figure Formula NonStruct".split(
    " ",
  ),
);
/** Places of a table that are believed: a page holds 5,000 words of the smallest print. */
const mostPlaces = 20_000;
const heading = /^H([1-6])?$/u;

/** The page's tags; undefined when it has none. */
export function readTags(page: PdfPage): PageTags | undefined {
  const roots = structElements(page);
  if (roots.length === 0) return undefined;
  const tags: PageTags = { blocks: [], tables: [], blockOf: new Map() };
  for (const root of roots) collect(root, tags, 0);
  return tags.blocks.length === 0 ? undefined : tags;
}

/** `lists`: how many lists the element stands in. */
function collect(element: StructElement, tags: PageTags, lists: number): void {
  const { type } = element;
  const level = heading.exec(type);
  if (level !== null) block(element, { type: "heading", level: Number(level[1] ?? 2) }, tags, lists);
  else if (type === "P" || type === "Note" || type === "FENote") block(element, { type: "paragraph" }, tags, lists);
  else if (type === "Caption") block(element, { type: "caption" }, tags, lists);
  else if (type === "LI") block(element, { type: "list-item", level: Math.min(6, Math.max(1, lists)) }, tags, lists);
  else if (type === "Table") table(element, tags, lists);
  else block(element, { type: undefined }, tags, type === "L" ? lists + 1 : lists);
}

/** The content of `element` as one block, interrupted where it holds other blocks. */
function block(element: StructElement, kind: TagBlock, tags: PageTags, lists: number): void {
  let open: number | undefined;
  const take = (content: number) => {
    open ??= tags.blocks.push(kind) - 1;
    tags.blockOf.set(content, open);
  };
  const walk = ({ children }: StructElement): void => {
    for (const child of children) {
      if (typeof child === "number") take(child);
      else if (child === undefined) continue;
      else if (isWithin(child, kind)) walk(child);
      else {
        collect(child, tags, lists);
        if (kind.type === undefined) open = undefined;
      }
    }
  };
  walk(element);
}

/** True when `child` is a part of the text around it. Paragraphs in an item or a heading are its text, too. */
function isWithin(child: StructElement, { type }: TagBlock): boolean {
  if (type === undefined) return inline.has(child.type) && child.children.every((one) => typeof one === "number");
  if (inline.has(child.type)) return true;
  if (type === "paragraph" || type === "caption") return false;
  return child.type === "P" || (groups.has(child.type) && child.children.length > 0);
}

function table(element: StructElement, tags: PageTags, lists: number): void {
  const { others, ...grid } = tagGrid(element);
  const { cells } = grid;
  for (const other of others) collect(other, tags, lists);
  // A single row or column is what layouts of whole pages come to.
  if (grid.rows < 2 || grid.columns < 2 || grid.rows * grid.columns > mostPlaces) {
    for (const { element: cell } of cells) collect({ ...cell, type: "Div" }, tags, lists);
    return;
  }
  const index = tags.tables.push(grid) - 1;
  for (const [at, cell] of cells.entries()) {
    const place = tags.blocks.push({ type: "cell", cell: { table: index, index: at } }) - 1;
    for (const content of contents(cell.element)) tags.blockOf.set(content, place);
  }
}

function contents({ children }: StructElement): number[] {
  return children.flatMap((child) =>
    typeof child === "number" ? [child] : child === undefined ? [] : contents(child),
  );
}
