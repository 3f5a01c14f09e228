// Reads the finished pages back, one at a time: a document of 2,000 pages must not stand in memory as trees.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Page, pageSchema, type Word } from "@legible/shared/document";
import { scrubText } from "@legible/shared/text";
import type { AssembleRequest } from "../sandbox/protocol.ts";

/**
 * The page of `entry`, validated, its words without control characters and inner white space other than single spaces;
 * words that are empty then are left out, so that every renderer counts the same words.
 */
export async function readPageTree(folder: string, entry: AssembleRequest["pages"][number]): Promise<Page> {
  const page = pageSchema.parse(JSON.parse(await readFile(join(folder, entry.name), "utf8")));
  for (const block of page.blocks) {
    for (const line of block.lines) line.words = line.words.map(clean).filter((word) => word.text !== "");
    for (const cell of block.table?.cells ?? []) cell.text = cleanText(cell.text);
  }
  return page;
}

/** The pages of `request` in document order. */
export async function* readPageTrees(folder: string, request: AssembleRequest): AsyncGenerator<Page> {
  for (const entry of request.pages) yield await readPageTree(folder, entry);
}

function clean(word: Word): Word {
  return { ...word, text: cleanText(word.text) };
}

function cleanText(text: string): string {
  return scrubText(text).replace(/\s+/gu, " ").trim();
}
