// Whether text can really not be seen. Its colour and what lies over it tell only that this may be so: pictures have masks, patterns
// no colour, paths are clipped. So the page is drawn with the text and without, and where both are alike the text is not seen.
import type { Box } from "@legible/shared/document";
import type { Raster } from "../raster.ts";
import { type PdfPage, pixelMap, renderPage } from "./pdf-page.ts";

/** Grey levels by which a pixel must change: what smoothing and JPEG rounding cannot do. */
const clearChange = 12;

/** Those of the text objects `suspects` that leave no trace on the page. Draws the page twice when there are suspects. */
export function confirmUnseen(page: PdfPage, suspects: ReadonlySet<number>): Set<number> {
  if (suspects.size === 0) return new Set();
  const { pdfium } = page;
  const setActive = (isActive: boolean) => {
    for (const object of suspects) pdfium.FPDFPageObj_SetIsActive(object, isActive);
  };
  const withText = renderPage(page);
  setActive(false);
  const without = renderPage(page);
  setActive(true);
  return new Set([...suspects].filter((object) => !differs(withText, without, boxOf(page, object))));
}

function boxOf(page: PdfPage, object: number): Box {
  const { pdfium } = page;
  const place = pdfium.allocate(16);
  try {
    if (!pdfium.FPDFPageObj_GetBounds(object, place, place + 4, place + 8, place + 12)) return [0, 0, 0, 0];
    const view = new DataView(pdfium.memory().buffer, place, 16);
    const at = (offset: number) => view.getFloat32(offset, true);
    return pixelMap(page)(at(0), at(4), at(8), at(12));
  } finally {
    pdfium.free(place);
  }
}

function differs(a: Raster, b: Raster, [x0, y0, x1, y1]: Box): boolean {
  const [left, right] = [Math.max(0, Math.floor(x0)), Math.min(a.width, Math.ceil(x1))];
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(a.height, y1); y++) {
    for (let at = y * a.width + left; at < y * a.width + right; at++) {
      if (Math.abs((a.grey[at] ?? 0) - (b.grey[at] ?? 0)) >= clearChange) return true;
    }
  }
  return false;
}
