// A page of a PDF in colour, where it may have any.
import { FailureError } from "@legible/shared/failures";
import type { ColourRaster } from "../colour/coloured-tiles.ts";
import type { PdfPage } from "./pdf-page.ts";

/** FPDFBitmap_BGRx and the flag FPDF_ANNOT (fpdfview.h); FPDF_PAGEOBJ_IMAGE (fpdf_edit.h). */
const colourFormat = 3;
const renderFlags = 0x01;
const white = 0xffff_ffff;
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
export function renderColour({ pdfium, handle, ...page }: PdfPage, scale: number): ColourRaster {
  const width = Math.max(1, Math.round(page.width * scale));
  const height = Math.max(1, Math.round(page.height * scale));
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, colourFormat, 0, 0);
  if (bitmap === 0) throw new FailureError("OUT_OF_MEMORY");
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
    pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, renderFlags);
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
    const memory = pdfium.memory();
    const data = new Uint8Array(width * height * 4);
    for (let row = 0; row < height; row++) {
      data.set(memory.subarray(start + row * stride, start + row * stride + width * 4), row * width * 4);
    }
    return { width, height, format: "bgrx", data };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}
