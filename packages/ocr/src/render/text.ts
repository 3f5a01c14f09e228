// result.txt: the text of result.json alone. Pages are separated by a form feed, as pdftotext and tesseract do.
import type { Page } from "@legible/shared/document";
import { pageText } from "./json.ts";

/** The pieces of result.txt, to be written one after another. A failed page says so where its text would be. */
export async function* textPieces(pages: AsyncIterable<Page>): AsyncGenerator<string> {
  let first = true;
  for await (const page of pages) {
    yield `${first ? "" : "\f"}${page.source === "failed" ? failure(page) : pageText(page)}\n`;
    first = false;
  }
}

function failure(page: Page): string {
  return `[Page ${page.number} could not be read: ${page.error?.message ?? "unknown reason."}]`;
}
