// Headers and footers: lines at the upper and lower edge that come again on other pages, page numbers apart. They are marked in the
// tree, so that result.json has them as what they are and the running text goes on from page to page without them.
import type { Block, Page } from "@legible/shared/document";
import { blockText } from "@legible/shared/tree-words";

/** Share of the page's height, from either edge, in which headers and footers stand: 2.5 to 3 cm of an A4 page. */
const edgeShare = 0.1;
/** Longer blocks are text, characters. */
const longest = 160;
/** Pages on which a line must come again; left and right pages often have lines of their own, first pages none. */
const fewestPages = 2;
const fewestPageShare = 0.3;
/** A page number alone. */
const pageNumber =
  /^[-–—\s]*(?:(?:page|seite|p\.|pág\.?)\s*)?\d{1,4}(?:\s*(?:of|von|de|\/)\s*\d{1,4})?[-–—\s.]*$|^第\s*\d{1,4}\s*[頁页][，,、\s]*(?:[共全]\s*\d{1,4}\s*[頁页])?$/iu;

/** What only page numbers say, wherever it stands. */
const countedPage = /^page \d{1,4}(?: (?:of|\/) ?\d{1,4})?$|^第\s*\d{1,4}\s*[頁页]/iu;

/** What comes again at the edges of a document's pages. */
export type RunningLines = { has(page: Page, block: Block): "header" | "footer" | undefined };

/** Looks through all pages once, holding only the short lines at their edges. */
export async function findRunningLines(pages: AsyncIterable<Page>): Promise<RunningLines> {
  const counts = new Map<string, number>();
  let written = 0;
  for await (const page of pages) {
    if (page.blocks.length > 0) written += 1;
    for (const key of new Set(page.blocks.flatMap((block) => keyOf(page, block) ?? []))) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const needed = Math.max(fewestPages, Math.ceil(written * fewestPageShare));
  return {
    has(page, block) {
      const key = keyOf(page, block);
      if (key === undefined) return undefined;
      const comesAgain = written >= fewestPages && (counts.get(key) ?? 0) >= needed;
      return comesAgain || pageNumber.test(blockText(block)) ? edgeOf(page, block) : undefined;
    },
  };
}

/** The page with its headers and footers marked; the page itself when it has none. */
export function markRunningLines(page: Page, running: RunningLines): Page {
  const blocks = page.blocks.map((block): Block => {
    const type = running.has(page, block);
    if (type === undefined) return block;
    const { level: _, ...rest } = block;
    return { ...rest, type };
  });
  return { ...page, blocks };
}

/** Edge and text, with every number alike; undefined for what can be neither header nor footer. */
function keyOf(page: Page, block: Block): string | undefined {
  const edge = edgeOf(page, block);
  if (edge === undefined || block.table !== undefined) return undefined;
  const text = blockText(block).toLowerCase().replace(/\s+/gu, " ");
  if (text.length > longest) return undefined;
  // "2 Results (1)" and "3 Results (2)" are headings that happen to begin pages.
  return `${edge} ${block.type === "heading" ? text : text.replace(/\d+/gu, "#")}`;
}

function edgeOf(page: Page, block: Block): "header" | "footer" | undefined {
  if (block.bbox[3] <= page.height * edgeShare) return "header";
  if (block.bbox[1] >= page.height * (1 - edgeShare)) return "footer";
  // On a page that is not full the last line may follow the text.
  const lowest = page.blocks.every((other) => other === block || other.bbox[3] <= block.bbox[1]);
  return lowest && countedPage.test(blockText(block)) ? "footer" : undefined;
}
