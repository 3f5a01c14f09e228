// pdfium on a file that stays on disk: pdfium's memory never shrinks, so a large document must not be copied into it.
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { loadPdfium, type Pdfium } from "../pipeline/pdf/pdfium.ts";

export type PdfiumFile = {
  pageCount: number;
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

/** Function table and memory writes of the emscripten module, which the package's types leave open. */
type Emscripten = {
  addFunction(work: (...values: number[]) => number, signature: string): number;
  removeFunction(pointer: number): void;
  setValue(pointer: number, value: number, type: "i32"): void;
};

/** Opens the PDF at `path`; undefined when pdfium refuses it. */
export async function openPdfiumFile(path: string, password = ""): Promise<PdfiumFile | undefined> {
  const pdfium = await loadPdfium();
  const module = pdfium.pdfium as unknown as Emscripten;
  const file = openSync(path, "r");
  // FPDF_FILEACCESS { m_FileLen; m_GetBlock(param, position, buffer, size); m_Param }
  const read = module.addFunction((_param, position = 0, buffer = 0, size = 0) => {
    const target = pdfium.memory().subarray(buffer, buffer + size);
    return readSync(file, target, 0, size, position >>> 0) === size ? 1 : 0;
  }, "iiiii");
  const access = pdfium.allocate(12);
  [fstatSync(file).size, read, 0].forEach((value, index) => module.setValue(access + 4 * index, value, "i32"));
  const release = () => {
    pdfium.free(access);
    module.removeFunction(read);
    closeSync(file);
  };
  const document = pdfium.FPDF_LoadCustomDocument(access, password);
  if (document === 0) {
    release();
    return undefined;
  }
  return {
    pageCount: pdfium.FPDF_GetPageCount(document),
    saveCopy: (target) => saveCopy(pdfium, module, document, target),
    render: (index, dpi) => render(pdfium, document, index, dpi),
    close: () => {
      pdfium.FPDF_CloseDocument(document);
      release();
    },
  };
}

function saveCopy(pdfium: Pdfium, module: Emscripten, document: number, path: string): boolean {
  const target = openSync(path, "w");
  // FPDF_FILEWRITE { version; WriteBlock(this, data, size) }
  const write = module.addFunction((_self, data = 0, size = 0) => {
    const bytes = pdfium.memory().subarray(data, data + size);
    for (let done = 0; done < size; ) done += writeSync(target, bytes, done, size - done);
    return 1;
  }, "iiii");
  const writer = pdfium.allocate(8);
  [1, write].forEach((value, index) => module.setValue(writer + 4 * index, value, "i32"));
  try {
    return Boolean(pdfium.FPDF_SaveAsCopy(document, writer, removeSecurity));
  } finally {
    pdfium.free(writer);
    module.removeFunction(write);
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
