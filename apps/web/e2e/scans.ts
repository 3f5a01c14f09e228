// Inputs made on the spot: pages of print, as pictures of paper and as a PDF that was never on paper.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "@playwright/test";
import { PDFDocument, PDFString } from "pdf-lib";

export interface Sheet {
  title: string;
  lines: string[];
}

/** A4 at 96 px an inch; taken at three times that, the picture is a scan of 288 dpi. */
const a4 = { width: 794, height: 1123 };
const scale = 3;

/** Each sheet as a PNG of print on paper. */
export async function scanSheets(browser: Browser, sheets: readonly Sheet[]): Promise<Buffer[]> {
  const context = await browser.newContext({ viewport: a4, deviceScaleFactor: scale, colorScheme: "light" });
  try {
    const page = await context.newPage();
    const pictures: Buffer[] = [];
    for (const sheet of sheets) {
      await page.setContent(sheetHtml(sheet));
      pictures.push(await page.screenshot({ type: "png" }));
    }
    return pictures;
  } finally {
    await context.close();
  }
}

/** One born-digital page with real text. */
export async function printSheet(browser: Browser, sheet: Sheet): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    await page.setContent(sheetHtml(sheet));
    return await page.pdf({ format: "A4", printBackground: true });
  } finally {
    await page.close();
  }
}

/** A PDF of `before`'s pages, if there are any, and then one page for each picture. */
export async function joinAsPdf(pictures: readonly Buffer[], before?: Buffer): Promise<Buffer> {
  const document = before === undefined ? await PDFDocument.create() : await PDFDocument.load(before);
  for (const picture of pictures) {
    const image = await document.embedPng(picture);
    // 595 × 842 pt is A4.
    document.addPage([595, 842]).drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
  }
  return Buffer.from(await document.save());
}

function sheetHtml({ title, lines }: Sheet): string {
  const body = lines.map((line) => `<p>${line}</p>`).join("");
  return `<!doctype html><html lang="en"><style>
    body { margin: 80px 90px; font: 19px/1.5 "Liberation Serif", "DejaVu Serif", serif; color: #111; background: #fff; }
    h1 { font-size: 34px; margin: 0 0 24px; }
  </style><h1>${title}</h1>${body}</html>`;
}

/** The PDF with a signature that shows nothing. It proves nothing either, which only a program that verifies it would find. */
export async function withSignature(pdf: Buffer): Promise<Buffer> {
  const document = await PDFDocument.load(pdf);
  const { context } = document;
  const value = context.register(context.obj({ Type: "Sig", Filter: "Adobe.PPKLite", ByteRange: [0, 9, 99, 9] }));
  const entries = {
    Type: "Annot",
    Subtype: "Widget",
    FT: "Sig",
    T: PDFString.of("Signature1"),
    Rect: [0, 0, 0, 0],
    V: value,
  };
  const field = context.register(context.obj(entries));
  document.getPage(0).node.addAnnot(field);
  document.getForm().acroForm.addField(field);
  return Buffer.from(await document.save());
}

/** The PDF behind a password, by qpdf. */
export async function withPassword(pdf: Buffer, password: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "legible-locked-"));
  try {
    await writeFile(join(folder, "open.pdf"), pdf);
    const words = ["--encrypt", password, `${password}-owner`, "256", "--"];
    await promisify(execFile)("qpdf", [join(folder, "open.pdf"), ...words, join(folder, "locked.pdf")]);
    return await readFile(join(folder, "locked.pdf"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The PDF with `bytes` more that nobody sees: an attachment of noise. */
export async function withBulk(pdf: Buffer, bytes: number): Promise<Buffer> {
  const document = await PDFDocument.load(pdf);
  await document.attach(randomBytes(bytes), "noise.bin");
  return Buffer.from(await document.save());
}

/** All pages of all of them. */
export async function joinPdfs(pdfs: readonly Buffer[]): Promise<Buffer> {
  const document = await PDFDocument.create();
  for (const pdf of pdfs) {
    const source = await PDFDocument.load(pdf);
    for (const page of await document.copyPages(source, source.getPageIndices())) document.addPage(page);
  }
  return Buffer.from(await document.save());
}
