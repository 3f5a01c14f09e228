// result.json, schemaVersion 1. Written page by page; keys stand in the order of the schemas, because Zod builds its results so.
import { type Document, documentSchema, type Page } from "@legible/shared/document";
import { blockText } from "@legible/shared/tree-words";
import { joinedColumns } from "./joined-paragraphs.ts";

/**
 * The pieces of result.json, to be written one after another. Every page is already valid; the rest is validated here.
 * @throws ZodError when the head does not fit the schema.
 */
export async function* jsonPieces(
  head: Omit<Document, "schemaVersion" | "pages" | "text">,
  pages: AsyncIterable<Page>,
): AsyncGenerator<string> {
  const valid = documentSchema.omit({ pages: true, text: true }).parse({ schemaVersion: 1, ...head });
  // Opened, not closed: the pages and the text follow.
  yield `${JSON.stringify(valid).slice(0, -1)},"pages":[`;
  const texts: string[] = [];
  for await (const page of pages) {
    yield `${texts.length === 0 ? "" : ","}\n${JSON.stringify(page)}`;
    texts.push(pageText(page));
  }
  yield `\n],"text":${JSON.stringify(texts.join("\f"))}}\n`;
}

/** A page's text in reading order: a line end after each line, a blank line between blocks; none where a paragraph changes columns. */
export function pageText(page: Page): string {
  return joinedColumns(page)
    .blocks.map(blockText)
    .filter((text) => text !== "")
    .join("\n\n");
}
