// What three readers make of a page's text: PDF.js (Firefox, and most web applications), pdfium (Chrome) and poppler (Linux desktops).
import { loadPdfium } from "../src/pipeline/pdf/pdfium.ts";
import { run } from "./render-trees.ts";

/** A reader's text of the first page, its lines without white space around them. */
export const readers: Record<string, (pdf: Buffer, path: string) => Promise<string>> = {
  "PDF.js": (pdf) => pdfjsText(pdf),
  pdfium: (pdf) => pdfiumText(pdf),
  poppler: (_pdf, path) => run("pdftotext", path, "-"),
};

/** The text as its lines, empty ones left out. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n|\f/u)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

async function pdfjsText(pdf: Buffer): Promise<string> {
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  // 0: errors only. In Node it misses what draws, which nobody asks for here.
  const loading = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  try {
    const page = await (await loading.promise).getPage(1);
    const { items } = await page.getTextContent();
    return items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
  } finally {
    await loading.destroy();
  }
}

export async function pdfiumText(pdf: Buffer): Promise<string> {
  const pdfium = await loadPdfium();
  const file = pdfium.allocate(pdf.length);
  pdfium.memory().set(pdf, file);
  const document = pdfium.FPDF_LoadMemDocument(file, pdf.length, "");
  const page = pdfium.FPDF_LoadPage(document, 0);
  const textPage = pdfium.FPDFText_LoadPage(page);
  const count = pdfium.FPDFText_CountChars(textPage);
  const target = pdfium.allocate(2 * count + 2);
  const length = pdfium.FPDFText_GetText(textPage, 0, count, target);
  const text = Buffer.from(pdfium.memory().slice(target, target + 2 * (length - 1))).toString("utf16le");
  pdfium.FPDFText_ClosePage(textPage);
  pdfium.FPDF_ClosePage(page);
  pdfium.FPDF_CloseDocument(document);
  pdfium.free(file);
  pdfium.free(target);
  return text;
}
