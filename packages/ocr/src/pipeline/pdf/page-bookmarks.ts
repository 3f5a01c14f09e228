// The bookmarks of a PDF by the page that they lead to.
import type { PdfFile } from "./pdf-file.ts";

/** `depth`: 0 for the outermost. */
export type Bookmark = { title: string; depth: number };

/** Bookmarks looked at: those of long manuals come to 3,000. Loops in the outline end here, too. */
const maxBookmarks = 5_000;
const maxDepth = 10;
/** Bytes of a title looked at, in UTF-16: headings have at most 160 characters. */
const longestTitle = 400;

const known = new WeakMap<PdfFile, Map<number, Bookmark[]>>();

/** Bookmarks that lead to page `index` (0-based), in their order. */
export function pageBookmarks(file: PdfFile, index: number): readonly Bookmark[] {
  const all = known.get(file) ?? readBookmarks(file);
  known.set(file, all);
  return all.get(index) ?? [];
}

function readBookmarks({ pdfium, handle }: PdfFile): Map<number, Bookmark[]> {
  const byPage = new Map<number, Bookmark[]>();
  const seen = new Set<number>();
  const place = pdfium.allocate(longestTitle);
  const walk = (parent: number, depth: number): void => {
    let bookmark = pdfium.FPDFBookmark_GetFirstChild(handle, parent);
    while (bookmark !== 0 && depth < maxDepth && seen.size < maxBookmarks && !seen.has(bookmark)) {
      seen.add(bookmark);
      const length = pdfium.FPDFBookmark_GetTitle(bookmark, place, longestTitle);
      const target = pdfium.FPDFBookmark_GetDest(handle, bookmark) || actionTarget(bookmark);
      const page = target === 0 ? -1 : pdfium.FPDFDest_GetDestPageIndex(handle, target);
      if (length > 2 && length <= longestTitle && page >= 0) {
        const title = Buffer.from(pdfium.memory().slice(place, place + length - 2)).toString("utf16le");
        byPage.set(page, [...(byPage.get(page) ?? []), { title, depth }]);
      }
      walk(bookmark, depth + 1);
      bookmark = pdfium.FPDFBookmark_GetNextSibling(handle, bookmark);
    }
  };
  const actionTarget = (bookmark: number): number => {
    const action = pdfium.FPDFBookmark_GetAction(bookmark);
    return action === 0 ? 0 : pdfium.FPDFAction_GetDest(handle, action);
  };
  walk(0, 0);
  pdfium.free(place);
  return byPage;
}
