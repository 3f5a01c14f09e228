// The links of a PDF page that lead out of the document.
import type { Box, Page, Word } from "@legible/shared/document";
import { type PdfPage, pixelMap, type ToPixels } from "./pdf-page.ts";
import { safeLink } from "./safe-link.ts";

/** `boxes`: a link over several lines has one for each. */
export type PageLink = { boxes: Box[]; href: string };

/** Links looked at: indexes of books have some hundred on a page. */
const maxLinks = 2_000;
const maxBoxes = 50;
/** PDFACTION_URI (fpdf_doc.h). */
const uriAction = 3;
/** Bytes of an address looked at, with its end. */
const longestAddress = 2_001;
const quadBytes = 32;

export function readLinks(page: PdfPage): PageLink[] {
  const { pdfium, handle } = page;
  const place = pdfium.allocate(longestAddress + quadBytes);
  const toPixels = pixelMap(page);
  const links: PageLink[] = [];
  const number = (offset: number) => new DataView(pdfium.memory().buffer, place).getInt32(offset, true);
  const set = (offset: number, value: number) =>
    new DataView(pdfium.memory().buffer, place).setInt32(offset, value, true);
  set(0, 0);
  for (let count = 0; count < maxLinks && pdfium.FPDFLink_Enumerate(handle, place, place + 4); count++) {
    const [position, link] = [number(0), number(4)];
    const href = addressOf(page, link, place);
    if (href !== undefined) links.push({ href, boxes: boxesOf(page, link, place, toPixels) });
    set(0, position);
  }
  pdfium.free(place);
  return links;
}

function addressOf({ pdfium, document }: PdfPage, link: number, place: number): string | undefined {
  const action = pdfium.FPDFLink_GetAction(link);
  if (action === 0 || pdfium.FPDFAction_GetType(action) !== uriAction) return undefined;
  const length = pdfium.FPDFAction_GetURIPath(document, action, place, longestAddress);
  if (length < 2 || length > longestAddress) return undefined;
  return safeLink(Buffer.from(pdfium.memory().slice(place, place + length - 1)).toString("utf8"));
}

function boxesOf({ pdfium }: PdfPage, link: number, place: number, toPixels: ToPixels): Box[] {
  const at = (index: number) => new DataView(pdfium.memory().buffer, place, quadBytes).getFloat32(index * 4, true);
  const quads = Math.min(maxBoxes, pdfium.FPDFLink_CountQuadPoints(link));
  const boxes: Box[] = [];
  for (let index = 0; index < quads; index++) {
    if (!pdfium.FPDFLink_GetQuadPoints(link, index, place)) continue;
    const [xs, ys] = [
      [at(0), at(2), at(4), at(6)],
      [at(1), at(3), at(5), at(7)],
    ];
    boxes.push(toPixels(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)));
  }
  // FS_RECTF: left, top, right, bottom.
  if (boxes.length === 0 && pdfium.FPDFLink_GetAnnotRect(link, place)) boxes.push(toPixels(at(0), at(3), at(2), at(1)));
  return boxes;
}

/** `page` with the address at every word whose middle lies in a link. */
export function withLinks(page: Page, links: readonly PageLink[]): Page {
  if (links.length === 0) return page;
  const linked = (word: Word): Word => {
    const [x, y] = [(word.bbox[0] + word.bbox[2]) / 2, (word.bbox[1] + word.bbox[3]) / 2];
    const link = links.find(({ boxes }) => boxes.some(([x0, y0, x1, y1]) => x >= x0 && x <= x1 && y >= y0 && y <= y1));
    return link === undefined ? word : { ...word, href: link.href };
  };
  const blocks = page.blocks.map((block) => ({
    ...block,
    lines: block.lines.map((line) => ({ ...line, words: line.words.map(linked) })),
  }));
  return { ...page, blocks };
}
