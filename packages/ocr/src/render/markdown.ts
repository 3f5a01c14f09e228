// result.md: CommonMark with pipe tables. Running text only: page headers and footers stay in JSON and PDF.
import type { Block, Page } from "@legible/shared/document";
import { joinLines, joinWords, wordLines } from "@legible/shared/tree-words";
import { joinedPages } from "./joined-paragraphs.ts";
import { markdownCode } from "./markdown-code.ts";
import { escapeHeading, escapeInline } from "./markdown-escape.ts";
import { cutLinks, textLinks } from "./markdown-links.ts";
import { markdownTable } from "./markdown-table.ts";

/** The pieces of result.md, one for each page that has something to say, to be written one after another. */
export async function* markdownPieces(pages: AsyncIterable<Page>): AsyncGenerator<string> {
  let first = true;
  for await (const page of joinedPages(pages)) {
    const text = pageMarkdown(page);
    if (text === "") continue;
    yield `${first ? "" : "\n"}${text}\n`;
    first = false;
  }
}

/** One page as Markdown without a final line end; empty for a blank page. A failed page says so. */
export function pageMarkdown(page: Page): string {
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
    const piece = item ? listItem(block, list) : blockMarkdown(block);
    if (piece !== "") text += gap + piece;
  }
  return text;
}

function blockMarkdown(block: Block): string {
  if (block.table !== undefined) {
    const loose = wordLines(block).filter((line) => line.row === undefined);
    const rest = escapeInline(joinWords(loose.flatMap((line) => line.words.map((word) => word.text))));
    return markdownTable(block, block.table) + (rest === "" ? "" : `\n\n${rest}`);
  }
  if (block.code === true && block.lines.length > 0) return markdownCode(block);
  const text = blockProse(block);
  if (block.type === "figure" && text === "") return `<!-- figure ${block.id} -->`;
  const links = textLinks(block, text);
  if (block.type === "heading" && text !== "") return `${"#".repeat(block.level ?? 1)} ${escapeHeading(text, links)}`;
  return escapeInline(text, links);
}

/** Widths of the markers of the items that are open, outermost first: a nested item is indented by their sum. */
type ListDepth = number[];

/** A mark that stands for an item on paper becomes the item's Markdown marker; an item without one gets a hyphen. */
function listItem(block: Block, open: ListDepth): string {
  const whole = blockProse(block);
  if (whole === "") return "";
  const number = /^(\d{1,9}[.)])(?!\d)\s*/u.exec(whole);
  const cut = (number ?? bullet.exec(whole))?.[0].length ?? 0;
  const text = whole.slice(cut);
  const marker = number === null ? "- " : `${number[1]} `;
  open.length = Math.min((block.level ?? 1) - 1, open.length);
  const indent = open.reduce((sum, width) => sum + width, 0);
  open.push(marker.length);
  return " ".repeat(indent) + (marker + escapeInline(text, cutLinks(textLinks(block, whole), cut))).trimEnd();
}

/** Bullets, and what engines read in their place. */
const bullet =
  /^(?:[-–—*+•·∙●○◦▪■□‣⁃・«»¢°®©eo](?:\s+|$)|(?:[.,'‘’"“”]{0,2}[*·«»°¢®©][.,]?|\.)\s+(?=\p{L})|[•●○◦▪■□‣⁃∙‧。．]\s*)/u;

function blockProse(block: Block): string {
  return joinLines(wordLines(block).map((line) => joinWords(line.words.map((word) => word.text))));
}
