// The small round or square marks that a PDF draws instead of writing them: browsers and word processors draw bullets so.
import type { Box } from "@legible/shared/document";
import { type PdfPage, pixelMap } from "./pdf-page.ts";

/** FPDF_PAGEOBJ_PATH (fpdf_edit.h). */
const pathObject = 2;
/** Objects looked at: hostile pages hold millions, drawings have tens of thousands of paths. */
const maxObjects = 5_000;
/** Sides of a bullet, pt: a quarter to a half of type between 6 and 20 pt. */
const smallest = 1.2;
const largest = 8;
/** Longer side over shorter one. */
const squarest = 1.3;

/** Boxes of the marks, pixels as displayed. */
export function readDots(page: PdfPage): Box[] {
  const { pdfium, handle } = page;
  const toPixels = pixelMap(page);
  const place = pdfium.allocate(16);
  const dots: Box[] = [];
  const count = Math.min(maxObjects, pdfium.FPDFPage_CountObjects(handle));
  for (let index = 0; index < count; index++) {
    const object = pdfium.FPDFPage_GetObject(handle, index);
    if (pdfium.FPDFPageObj_GetType(object) !== pathObject) continue;
    if (!pdfium.FPDFPageObj_GetBounds(object, place, place + 4, place + 8, place + 12)) continue;
    const view = new DataView(pdfium.memory().buffer, place, 16);
    const [left, bottom, right, top] = [
      view.getFloat32(0, true),
      view.getFloat32(4, true),
      view.getFloat32(8, true),
      view.getFloat32(12, true),
    ];
    const [short, long] = [right - left, top - bottom].sort((a, b) => a - b) as [number, number];
    if (short >= smallest && long <= largest && long <= short * squarest) dots.push(toPixels(left, bottom, right, top));
  }
  pdfium.free(place);
  return dots;
}
