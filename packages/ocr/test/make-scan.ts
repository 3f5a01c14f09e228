// Inputs made by script: small PDFs written by hand or with pdf-lib, and "scans" rendered from them.
import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument, StandardFonts } from "pdf-lib";
import sharp, { type Sharp } from "sharp";
import { openPdf } from "../src/pipeline/pdf/pdf-file.ts";
import { renderPage, withPdfPage } from "../src/pipeline/pdf/pdf-page.ts";
import type { Raster } from "../src/pipeline/raster.ts";

export type TextLine = { text: string; size?: number; x?: number; y: number };

/** A PDF with real text, one page an entry; sizes and places in points from the bottom left. */
export async function textPdf(pages: TextLine[][], size: [number, number] = [400, 200]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  for (const lines of pages) {
    const page = pdf.addPage(size);
    for (const { text, x = 30, y, size = 14 } of lines) page.drawText(text, { x, y, size, font });
  }
  return pdf.save();
}

/** The first page of a PDF at 300 dpi, as a scanner would see it. */
export async function scanPdf(bytes: Uint8Array): Promise<Raster> {
  const path = join(tmpdir(), `legible-scan-${randomUUID()}.pdf`);
  writeFileSync(path, bytes);
  try {
    const file = await openPdf(path, undefined, 1);
    const raster = withPdfPage(file, 0, renderPage);
    file.close();
    return raster;
  } finally {
    rmSync(path);
  }
}

export const scanText = "The quick brown fox jumps over the lazy dog.";

/** A scan of two lines of English. */
export async function makeScan(): Promise<Raster> {
  return scanPdf(
    await textPdf([
      [
        { text: scanText, y: 120 },
        { text: "Pack my box with five dozen jugs.", y: 90 },
      ],
    ]),
  );
}

/** The raster for sharp to encode. */
export function picture({ width, height, grey }: Raster): Sharp {
  return sharp(grey, { raw: { width, height, channels: 1 } }).withMetadata({ density: 300 });
}

/** A PDF of numbered objects, the first of which is the catalog; the cross-reference table is written. */
export function rawPdf(objects: string[], trailer = ""): Uint8Array {
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** A PDF whose pages have these contents; `more` are objects that they name, numbered from 3 + 2 × pages. */
export function drawnPdf(contents: string[], resources = "", more: string[] = []): Uint8Array {
  const kids = contents.map((_, index) => `${3 + 2 * index} 0 R`).join(" ");
  const pages = contents.flatMap((content, index) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents ${4 + 2 * index} 0 R /Resources << ${resources} >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ]);
  const catalog = "<< /Type /Catalog /Pages 2 0 R >>";
  return rawPdf([catalog, `<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`, ...pages, ...more]);
}
