// What rendering wants of pdfium: how many pages it sees, a copy as it understood the document, and pictures of pages.
import { closeSync, openSync, writeSync } from "node:fs";
import { FailureError } from "@legible/shared/failures";
import { openPdf } from "../pipeline/pdf/pdf-file.ts";
import type { Pdfium } from "../pipeline/pdf/pdfium.ts";

export type PdfiumFile = {
  pageCount: number;
  /** Whether somebody signed the document. */
  signed: boolean;
  /** Writes a copy without encryption, repaired as pdfium understood the document. False when pdfium cannot. */
  saveCopy(path: string): boolean;
  /** The page as it is shown, at most `dpi`: RGBX, or undefined when it cannot be loaded. */
  render(index: number, dpi: number): { width: number; height: number; data: Buffer } | undefined;
  close(): void;
};

/** FPDF_REMOVE_SECURITY of fpdf_save.h. */
const removeSecurity = 3;
/** FPDF_ANNOT and FPDF_REVERSE_BYTE_ORDER of fpdfview.h: annotations drawn; red first. */
const renderFlags = 0x01 | 0x10;
const pointsPerInch = 72;
/** An A3 sheet at 200 dpi has 7.7 million pixels. */
const renderPixels = 12_000_000;

/** Opens the PDF at `path`; undefined when pdfium refuses it, be it for its password. */
export async function openPdfiumFile(path: string, password?: string): Promise<PdfiumFile | undefined> {
  const opened = await openPdf(path, password, Number.MAX_SAFE_INTEGER).catch((error: unknown) => {
    if (error instanceof FailureError) return undefined;
    throw error;
  });
  if (opened === undefined) return undefined;
  const { pdfium, handle, pageCount, close } = opened;
  return {
    pageCount,
    signed: isSigned(pdfium, handle),
    close,
    saveCopy: (target) => saveCopy(pdfium, handle, target),
    render: (index, dpi) => render(pdfium, handle, index, dpi),
  };
}

/** Fields for signatures count only when somebody has signed in them. */
function isSigned(pdfium: Pdfium, document: number): boolean {
  const fields = Array.from({ length: pdfium.FPDF_GetSignatureCount(document) }, (_, index) => index);
  return fields.some((index) => {
    const signature = pdfium.FPDF_GetSignatureObject(document, index);
    return signature !== 0 && pdfium.FPDFSignatureObj_GetContents(signature, 0, 0) > 0;
  });
}

function saveCopy(pdfium: Pdfium, document: number, path: string): boolean {
  const target = openSync(path, "w");
  // FPDF_FILEWRITE { version; WriteBlock(this, data, size) }
  const write = pdfium.pdfium.addFunction((_self: number, data: number, size: number) => {
    const start = data >>> 0;
    const bytes = pdfium.memory().subarray(start, start + size);
    for (let done = 0; done < size; ) done += writeSync(target, bytes, done, size - done);
    return 1;
  }, "iiii");
  const writer = pdfium.allocate(8);
  const fields = new DataView(pdfium.memory().buffer, writer, 8);
  fields.setUint32(0, 1, true);
  fields.setUint32(4, write, true);
  try {
    return Boolean(pdfium.FPDF_SaveAsCopy(document, writer, removeSecurity));
  } finally {
    pdfium.free(writer);
    pdfium.pdfium.removeFunction(write);
    closeSync(target);
  }
}

function render(pdfium: Pdfium, document: number, index: number, dpi: number) {
  const page = pdfium.FPDF_LoadPage(document, index);
  if (page === 0) return undefined;
  const wide = pdfium.FPDF_GetPageWidthF(page);
  const high = pdfium.FPDF_GetPageHeightF(page);
  const scale = Math.min(dpi / pointsPerInch, Math.sqrt(renderPixels / (wide * high)));
  const width = Math.max(1, Math.round(wide * scale));
  const height = Math.max(1, Math.round(high * scale));
  const bitmap = wide > 0 && high > 0 ? pdfium.FPDFBitmap_Create(width, height, 0) : 0;
  if (bitmap === 0) {
    pdfium.FPDF_ClosePage(page);
    return undefined;
  }
  pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
  pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, renderFlags);
  const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
  const data = Buffer.from(pdfium.memory().slice(start, start + width * height * 4));
  pdfium.FPDFBitmap_Destroy(bitmap);
  pdfium.FPDF_ClosePage(page);
  return { width, height, data };
}
