// How much of a PDF page is pictures, and whether anything is drawn on it at all.
import type { PdfPage } from "./pdf-page.ts";
import { pixelMap } from "./pdf-page.ts";

export type PageDrawing = {
  /** Objects drawn on the page, annotations not counted. */
  objects: number;
  /** Share of the page under images, 0–1. */
  imageShare: number;
};

/** FPDF_PAGEOBJ_IMAGE and FPDF_PAGEOBJ_FORM (fpdf_edit.h). */
const imageObject = 3;
const formObject = 5;
/** Objects looked at, and depth of forms in forms: hostile pages hold millions. */
const maxObjects = 5_000;
const maxDepth = 3;

export function readDrawing(page: PdfPage): PageDrawing {
  const { pdfium, handle } = page;
  const objects = pdfium.FPDFPage_CountObjects(handle);
  const toPixels = pixelMap(page);
  const place = pdfium.allocate(16);
  let looked = 0;
  let covered = 0;
  const look = (count: number, get: (index: number) => number, depth: number) => {
    for (let index = 0; index < count && looked < maxObjects; index++, looked++) {
      const object = get(index);
      const type = pdfium.FPDFPageObj_GetType(object);
      if (type === imageObject || (type === formObject && depth < maxDepth)) {
        if (type === formObject && !holdsImage(object, depth)) continue;
        if (!pdfium.FPDFPageObj_GetBounds(object, place, place + 4, place + 8, place + 12)) continue;
        const view = new DataView(pdfium.memory().buffer, place, 16);
        const [left, bottom, right, top] = [0, 4, 8, 12].map((at) => view.getFloat32(at, true)) as [
          number,
          number,
          number,
          number,
        ];
        const [x0, y0, x1, y1] = toPixels(left, bottom, right, top);
        const wide = Math.min(x1, page.width) - Math.max(x0, 0);
        const high = Math.min(y1, page.height) - Math.max(y0, 0);
        if (wide > 0 && high > 0) covered += wide * high;
      }
    }
  };
  const holdsImage = (form: number, depth: number): boolean => {
    const count = pdfium.FPDFFormObj_CountObjects(form);
    for (let index = 0; index < count && looked < maxObjects; index++, looked++) {
      const object = pdfium.FPDFFormObj_GetObject(form, index);
      const type = pdfium.FPDFPageObj_GetType(object);
      if (type === imageObject) return true;
      if (type === formObject && depth < maxDepth && holdsImage(object, depth + 1)) return true;
    }
    return false;
  };
  look(objects, (index) => pdfium.FPDFPage_GetObject(handle, index), 0);
  pdfium.free(place);
  return { objects, imageShare: Math.min(1, covered / (page.width * page.height)) };
}
