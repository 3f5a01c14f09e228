// One page of a PDF: its size as displayed, its picture, and the way from page space to pixels.
import type { Box } from "@legible/shared/document";
import { FailureError } from "@legible/shared/failures";
import { maxRasterPixels, rasterDpi } from "@legible/shared/limits";
import type { Raster } from "../raster.ts";
import { flattenAnnotations, hasWrittenAnnotations } from "./page-annotations.ts";
import type { PdfFile } from "./pdf-file.ts";
import type { Pdfium } from "./pdfium.ts";

export type PdfPage = {
  pdfium: Pdfium;
  document: number;
  /** pdfium's FPDF_PAGE. */
  handle: number;
  /** Size as displayed at `dpi`, px. */
  width: number;
  height: number;
  dpi: number;
  /** Objects of the page's content; those after them were annotations. */
  ownObjects: number;
};

/** PDF 32000-1, annex C.2: no page side is longer, pt. */
const maxSidePt = 14_400;
const pointsPerInch = 72;
/** FPDFBitmap_Gray and the flags FPDF_ANNOT, FPDF_GRAYSCALE (fpdfview.h). */
const greyFormat = 1;
const renderFlags = 0x01 | 0x08;
const white = 0xffff_ffff;

/**
 * Loads page `index` (0-based) for the time of `work`. What is typed into its form fields and on it is among its objects then: pdfium
 * changes the document for that, so such a page is taken from a copy. @throws FailureError DAMAGED_FILE when it cannot be loaded.
 */
export function withPdfPage<T>(file: PdfFile, index: number, work: (page: PdfPage) => T): T {
  if (index >= file.pageCount) throw new FailureError("NO_PAGES");
  const { pdfium, handle } = file;
  return withLoaded(pdfium, handle, index, (page) => {
    if (!hasWrittenAnnotations(pdfium, page)) return work(measured(pdfium, handle, page));
    return file.withCopy((copy) => {
      if (copy === 0) return work(measured(pdfium, handle, page));
      return withLoaded(pdfium, copy, index, (changed) => {
        const own = measured(pdfium, copy, changed);
        flattenAnnotations(pdfium, changed);
        return work(own);
      });
    });
  });
}

function withLoaded<T>(pdfium: Pdfium, document: number, index: number, work: (handle: number) => T): T {
  const handle = pdfium.FPDF_LoadPage(document, index);
  if (handle === 0) throw new FailureError("DAMAGED_FILE");
  try {
    return work(handle);
  } finally {
    pdfium.FPDF_ClosePage(handle);
  }
}

function measured(pdfium: Pdfium, document: number, handle: number): PdfPage {
  const widthPt = pdfium.FPDF_GetPageWidthF(handle);
  const heightPt = pdfium.FPDF_GetPageHeightF(handle);
  const sane = widthPt > 0 && heightPt > 0 && widthPt <= maxSidePt && heightPt <= maxSidePt;
  if (!sane) throw new FailureError(widthPt > maxSidePt || heightPt > maxSidePt ? "TOO_MANY_PIXELS" : "DAMAGED_FILE");
  const inches = (widthPt / pointsPerInch) * (heightPt / pointsPerInch);
  const dpi = Math.min(rasterDpi, Math.sqrt(maxRasterPixels / inches));
  const toPixels = (points: number) => Math.max(1, Math.round((points * dpi) / pointsPerInch));
  const ownObjects = pdfium.FPDFPage_CountObjects(handle);
  return { pdfium, document, handle, width: toPixels(widthPt), height: toPixels(heightPt), dpi, ownObjects };
}

/** The page as displayed, in grey on white, annotations included, form fields as they are printed. @throws FailureError OUT_OF_MEMORY */
export function renderPage(page: PdfPage): Raster {
  const { width, height } = page;
  return { width, height, grey: drawnPage(page, { width, height, format: greyFormat, bytes: 1, flags: renderFlags }) };
}

/**
 * The pixels of the page as displayed, on white, drawn in a bitmap of this size: row by row without gaps. `format` and `flags` are
 * pdfium's, `bytes` those of a pixel. @throws FailureError OUT_OF_MEMORY
 */
export function drawnPage(
  { pdfium, handle }: PdfPage,
  {
    width,
    height,
    format,
    bytes,
    flags,
  }: { width: number; height: number; format: number; bytes: number; flags: number },
): Uint8Array {
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, format, 0, 0);
  if (bitmap === 0) throw new FailureError("OUT_OF_MEMORY");
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
    pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, flags);
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
    const memory = pdfium.memory();
    const pixels = new Uint8Array(width * height * bytes);
    for (let row = 0; row < height; row++) {
      pixels.set(memory.subarray(start + row * stride, start + row * stride + width * bytes), row * width * bytes);
    }
    return pixels;
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

export type ToPixels = (x0: number, y0: number, x1: number, y1: number) => Box;

/**
 * The map from page space (pt, origin bottom-left, before rotation) to pixels as displayed. Found by asking pdfium where three corners
 * lie, so crop box and rotation are pdfium's own.
 */
export function pixelMap({ pdfium, handle, width, height }: PdfPage): ToPixels {
  const place = pdfium.allocate(8);
  // Whole pixels are all FPDF_PageToDevice yields: a large device gives the fractions.
  const fine = 64;
  const at = (x: number, y: number): [number, number] => {
    pdfium.FPDF_PageToDevice(handle, 0, 0, width * fine, height * fine, 0, x, y, place, place + 4);
    const view = new DataView(pdfium.memory().buffer, place, 8);
    return [view.getInt32(0, true) / fine, view.getInt32(4, true) / fine];
  };
  const span = 1000;
  const [originX, originY] = at(0, 0);
  const [rightX, rightY] = at(span, 0);
  const [upX, upY] = at(0, span);
  pdfium.free(place);
  const map = (x: number, y: number): [number, number] => [
    originX + ((rightX - originX) * x + (upX - originX) * y) / span,
    originY + ((rightY - originY) * x + (upY - originY) * y) / span,
  ];
  return (x0, y0, x1, y1) => {
    const [ax, ay] = map(x0, y0);
    const [bx, by] = map(x1, y1);
    return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
  };
}
