// result.md: CommonMark with pipe tables. Running text only: page headers and footers stay in JSON and PDF.
import type { Block, Page } from "@legible/shared/document";
import { joinLines, joinWords, wordLines } from "@legible/shared/tree-words";
import { joinedPages } from "./joined-paragraphs.ts";
import { markdownCode } from "./markdown-code.ts";
import { escapeHeading, escapeInline } from "./markdown-escape.ts";
import { cutLinks, textLinks, withNotes } from "./markdown-links.ts";
import { markdownTable } from "./markdown-table.ts";
import { learnNotes, type NoteLabels, noteLabels } from "./note-labels.ts";

/** The pieces of result.md, one for each page that has something to say, to be written one after another. */
export async function* markdownPieces(pages: AsyncIterable<Page>): AsyncGenerator<string> {
  const labels = noteLabels();
  let first = true;
  for await (const page of joinedPages(learned(pages, labels))) {
    const text = pageMarkdown(page, labels);
    if (text === "") continue;
    yield `${first ? "" : "\n"}${text}\n`;
    first = false;
  }
}

/** The pages as they are, with their notes in `labels` before anybody asks. */
async function* learned(pages: AsyncIterable<Page>, labels: NoteLabels): AsyncGenerator<Page> {
  for await (const page of pages) {
    learnNotes(labels, page);
    yield page;
  }
}

/** One page as Markdown without a final line end; empty for a blank page. A failed page says so. Notes are those of `labels`. */
export function pageMarkdown(page: Page, labels: NoteLabels = noteLabels()): string {
  if (page.source === "failed") {
    const reason = page.error?.message ?? "unknown reason.";
    return `*Page ${page.number} could not be read: ${escapeInline(reason)}*`;
  }
  let text = "";
  let list: ListDepth = [];
  for (const block of page.blocks) {
    if (block.type === "header" || block.type === "footer") continue;
    const item = block.type === "list-item";
    // Items of one list follow each other without blank lines.
    const gap = text === "" ? "" : item && list.length > 0 ? "\n" : "\n\n";
    if (!item) list = [];
    const piece = item ? listItem(block, list, labels) : blockMarkdown(block, labels);
    if (piece !== "") text += gap + piece;
  }
  return text;
}

function blockMarkdown(block: Block, labels: NoteLabels): string {
  if (block.table !== undefined) {
    const loose = wordLines(block).filter((line) => line.row === undefined);
    const rest = escapeInline(joinWords(loose.flatMap((line) => line.words.map((word) => word.text))));
    return markdownTable(block, block.table) + (rest === "" ? "" : `\n\n${rest}`);
  }
  if (block.code === true && block.lines.length > 0) return markdownCode(block);
  const text = blockProse(block);
  if (block.type === "figure" && text === "") return `<!-- figure ${block.id} -->`;
  const note = labels.blocks.get(block.id);
  if (note !== undefined && block.footnote !== undefined) {
    const cut = text.length - text.slice(block.footnote.length).trimStart().length;
    return `[^${note}]: ${escapeInline(text.slice(cut), cutLinks(textLinks(block, text), cut))}`;
  }
  const links = withNotes(textLinks(block, text), block, text, labels);
  if (block.type === "heading" && text !== "") return `${"#".repeat(block.level ?? 1)} ${escapeHeading(text, links)}`;
  return escapeInline(text, links);
}

/** Widths of the markers of the items that are open, outermost first: a nested item is indented by their sum. */
type ListDepth = number[];

/** A mark that stands for an item on paper becomes the item's Markdown marker; an item without one gets a hyphen. */
function listItem(block: Block, open: ListDepth, labels: NoteLabels): string {
  const whole = blockProse(block);
  if (whole === "") return "";
  const number = /^(\d{1,9}[.)])(?!\d)\s*/u.exec(whole);
  const cut = (number ?? bullet.exec(whole))?.[0].length ?? 0;
  const text = whole.slice(cut);
  const marker = number === null ? "- " : `${number[1]} `;
  open.length = Math.min((block.level ?? 1) - 1, open.length);
  const indent = open.reduce((sum, width) => sum + width, 0);
  open.push(marker.length);
  return (
    " ".repeat(indent) +
    (marker + escapeInline(text, cutLinks(withNotes(textLinks(block, whole), block, whole, labels), cut))).trimEnd()
  );
}

/** Bullets, and what engines read in their place. */
const bullet =
  /^(?:[-–—*+•·∙●○◦▪■□‣⁃・«»¢°®©eo](?:\s+|$)|(?:[.,'‘’"“”]{0,2}[*·«»°¢®©][.,]?|\.)\s+(?=\p{L})|[•●○◦▪■□‣⁃∙‧。．]\s*)/u;

function blockProse(block: Block): string {
  return joinLines(wordLines(block).map((line) => joinWords(line.words.map((word) => word.text))));
}
