// A PDF opened through a window: pdfium asks for the bytes it needs, so a 200 MB scan is never in memory as a whole.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { FailureError } from "@legible/shared/failures";
import { loadPdfium, type Pdfium } from "./pdfium.ts";

export type PdfFile = {
  kind: "pdf";
  pdfium: Pdfium;
  /** pdfium's FPDF_DOCUMENT. */
  handle: number;
  pageCount: number;
  /** Calls `work` with the document opened once more, which it may change. 0 when it cannot be opened again. */
  withCopy<T>(work: (handle: number) => T): T;
  close(): void;
};

/** FPDF_GetLastError (fpdfview.h). */
const passwordError = 4;
const securityError = 5;
/** FPDF_FILEACCESS: m_FileLen, m_GetBlock, m_Param, 4 bytes each in WebAssembly. */
const fileAccessBytes = 12;

/**
 * @throws FailureError ENCRYPTED_PDF, WRONG_PASSWORD, DAMAGED_FILE, NO_PAGES or TOO_MANY_PAGES
 */
export async function openPdf(path: string, password: string | undefined, maxPages: number): Promise<PdfFile> {
  const pdfium = await loadPdfium();
  const file = openSync(path, "r");
  const access = pdfium.allocate(fileAccessBytes);
  const getBlock = pdfium.pdfium.addFunction((_param: number, position: number, buffer: number, size: number) => {
    const start = buffer >>> 0;
    let filled = 0;
    while (filled < size) {
      const target = pdfium.memory().subarray(start + filled, start + size);
      const read = readSync(file, target, 0, target.length, (position >>> 0) + filled);
      if (read === 0) return 0;
      filled += read;
    }
    return 1;
  }, "iiiii");
  const words = new DataView(pdfium.memory().buffer, access, fileAccessBytes);
  words.setUint32(0, fstatSync(file).size, true);
  words.setUint32(4, getBlock, true);
  words.setUint32(8, 0, true);
  const release = () => {
    pdfium.pdfium.removeFunction(getBlock);
    pdfium.free(access);
    closeSync(file);
  };
  const handle = pdfium.FPDF_LoadCustomDocument(access, password ?? "");
  const pageCount = handle === 0 ? 0 : pdfium.FPDF_GetPageCount(handle);
  const close = () => {
    if (handle !== 0) pdfium.FPDF_CloseDocument(handle);
    release();
  };
  const failure = handle === 0 ? openFailure(pdfium, password) : pageFailure(pageCount, maxPages);
  if (failure !== undefined) {
    close();
    throw failure;
  }
  const withCopy = <T>(work: (handle: number) => T): T => {
    const copy = pdfium.FPDF_LoadCustomDocument(access, password ?? "");
    try {
      return work(copy);
    } finally {
      if (copy !== 0) pdfium.FPDF_CloseDocument(copy);
    }
  };
  return { kind: "pdf", pdfium, handle, pageCount, withCopy, close };
}

function openFailure(pdfium: Pdfium, password: string | undefined): FailureError {
  const code = pdfium.FPDF_GetLastError();
  if (code === passwordError) return new FailureError(password === undefined ? "ENCRYPTED_PDF" : "WRONG_PASSWORD");
  return new FailureError(code === securityError ? "ENCRYPTED_PDF" : "DAMAGED_FILE", { cause: `pdfium error ${code}` });
}

function pageFailure(pageCount: number, maxPages: number): FailureError | undefined {
  if (pageCount <= 0) return new FailureError("NO_PAGES");
  return pageCount > maxPages ? new FailureError("TOO_MANY_PAGES") : undefined;
}
