// On a recognised page the words of the layer are found, and the text that paints the page is not; no pixel of it changes.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument, PDFName, type PDFPage, StandardFonts } from "pdf-lib";
import { afterAll, describe, expect, test } from "vitest";
import { openPdfiumFile } from "../src/render/pdfium-file.ts";
import { linesOf, readers } from "./pdf-readers.ts";
import { assembleIn, cleanUp, makeBlock, makeFolder, makePage, run } from "./render-trees.ts";

afterAll(cleanUp);

const recognised = makePage(1, [makeBlock("p1b1", 40, 40, ["recognised words"])]);

/** Two pages of 432 × 288 pt with one font, a form with text, and marks that speak for what they mark. */
async function ownText(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const { context } = document;
  const font = await document.embedFont(StandardFonts.Helvetica);
  const fonts = context.obj({ F: font.ref });
  const form = context.stream("BT /F 12 Tf 60 200 Td (inside) Tj ET", {
    Type: "XObject",
    Subtype: "Form",
    BBox: [0, 0, 432, 288],
    Resources: { Font: fonts },
  });
  const resources = context.register(
    context.obj({ Font: fonts, XObject: { X: context.register(form) }, Properties: { P: { ActualText: "(named)" } } }),
  );
  const content = `/X Do BT /F 12 Tf 60 100 Td (visible) Tj ET
    /Span <</ActualText (spoken)>> BDC BT /F 12 Tf 60 60 Td (marked) Tj ET EMC`;
  for (let index = 0; index < 2; index++) {
    const page: PDFPage = document.addPage([432, 288]);
    page.node.set(PDFName.of("Resources"), resources);
    page.node.set(PDFName.Contents, context.register(context.stream(content)));
  }
  return document.save();
}

async function shown(path: string): Promise<Buffer> {
  const file = await openPdfiumFile(path);
  const picture = file?.render(0, 100);
  file?.close();
  if (picture === undefined) throw new Error("The page cannot be shown");
  return picture.data;
}

describe("text of a recognised page", () => {
  test.each(Object.entries(readers))("is not found in %s beside the layer", async (_name, read) => {
    const bytes = await ownText();
    const pages = [{ tree: recognised, index: 0 }];
    const { pdf, pdfPath } = await assembleIn([{ bytes, mimeType: "application/pdf", pages }]);
    expect(linesOf(await read(pdf, pdfPath))).toEqual(["recognised words"]);
  });

  test("is painted as before, in a document without faults", async () => {
    const bytes = await ownText();
    const original = join(await makeFolder(), "original.pdf");
    await writeFile(original, bytes);
    const { pdfPath } = await assembleIn([
      { bytes, mimeType: "application/pdf", pages: [{ tree: recognised, index: 0 }] },
    ]);
    expect((await shown(pdfPath)).equals(await shown(original))).toBe(true);
    expect(await run("qpdf", "--check", pdfPath)).toContain("No syntax or stream encoding errors");
  });

  test("stays on the other pages, with which it shares fonts and forms", async () => {
    const kept = makePage(2, [], { source: "text" });
    const pages = [
      { tree: recognised, index: 0 },
      { tree: kept, index: 1 },
    ];
    const { pdfPath } = await assembleIn([{ bytes: await ownText(), mimeType: "application/pdf", pages }]);
    const second = linesOf(await run("pdftotext", "-f", "2", pdfPath, "-"));
    expect(second).toEqual(["inside", "visible", "spoken"]);
  });
});
