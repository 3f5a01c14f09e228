// A page of a PDF in colour, where it may have any.
import type { ColourRaster } from "../colour/coloured-tiles.ts";
import { drawnPage, type PdfPage } from "./pdf-page.ts";

/** FPDFBitmap_BGRx, drawn with FPDF_ANNOT and FPDF_REVERSE_BYTE_ORDER: red first (fpdfview.h). FPDF_PAGEOBJ_IMAGE (fpdf_edit.h). */
const colourFormat = 3;
const renderFlags = 0x01 | 0x10;
const imageObject = 3;
/** Colour spaces of FPDFImageObj_GetImageMetadata that are grey when a pixel has at most eight bits: unknown (masks), DeviceGray, CalGray, ICCBased. */
const greySpaces = new Set([0, 1, 4, 7]);
/** Objects looked at: a scan has one. */
const maxObjects = 100;

/** Whether something on the page may be coloured; a page of grey scans is known to have none. */
export function mayHaveColour({ pdfium, handle }: PdfPage): boolean {
  const count = pdfium.FPDFPage_CountObjects(handle);
  if (count > maxObjects) return true;
  // FPDF_IMAGEOBJ_METADATA: width, height, two resolutions, bits per pixel, colour space, marked content; four bytes each.
  const place = pdfium.allocate(28);
  try {
    for (let index = 0; index < count; index++) {
      const object = pdfium.FPDFPage_GetObject(handle, index);
      if (pdfium.FPDFPageObj_GetType(object) !== imageObject) return true;
      if (!pdfium.FPDFImageObj_GetImageMetadata(object, handle, place)) return true;
      const view = new DataView(pdfium.memory().buffer, place, 28);
      if (view.getUint32(16, true) > 8 || !greySpaces.has(view.getInt32(20, true))) return true;
    }
    return false;
  } finally {
    pdfium.free(place);
  }
}

/** The page as displayed, on white, `scale` times its size. @throws FailureError OUT_OF_MEMORY */
export function renderColour(page: PdfPage, scale: number): ColourRaster {
  const width = Math.max(1, Math.round(page.width * scale));
  const height = Math.max(1, Math.round(page.height * scale));
  const data = drawnPage(page, { width, height, format: colourFormat, bytes: 4, flags: renderFlags });
  return { width, height, channels: 4, data };
}
