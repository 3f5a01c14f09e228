import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument, PDFName } from "pdf-lib";
import { afterAll, describe, expect, test } from "vitest";
import { readOperations } from "../src/render/content-operations.ts";
import { openPdfiumFile } from "../src/render/pdfium-file.ts";
import { assembleIn, cleanUp, makeBlock, makeFolder, makePage, placedWords, run, unpacked } from "./render-trees.ts";

afterAll(cleanUp);

const tree = makePage(1, [makeBlock("p1b1", 40, 40, ["fresh words"])]);

/** A page of 432 × 288 pt with `content`; /F is Helvetica, /T a Type 3 font whose A is a black square, /X a form with `form`. */
async function pdfWith(content: string | Buffer, form = ""): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([432, 288]);
  const { context } = document;
  const glyph = context.register(context.stream("1000 0 d0 0 0 1000 1000 re f"));
  const type3 = context.obj({
    Type: "Font",
    Subtype: "Type3",
    FontBBox: [0, 0, 1000, 1000],
    FirstChar: 65,
    LastChar: 65,
  });
  type3.set(PDFName.of("FontMatrix"), context.obj([0.001, 0, 0, 0.001, 0, 0]));
  type3.set(PDFName.of("Widths"), context.obj([1000]));
  type3.set(PDFName.of("CharProcs"), context.obj({ a: glyph }));
  const encoding = context.obj({ Type: "Encoding" });
  encoding.set(PDFName.of("Differences"), context.obj([65, PDFName.of("a")]));
  type3.set(PDFName.of("Encoding"), encoding);
  const fonts = context.obj({
    F: { Type: "Font", Subtype: "Type1", BaseFont: "Helvetica" },
    T: context.register(type3),
  });
  const formDict = { Type: "XObject", Subtype: "Form", BBox: [0, 0, 432, 288], Resources: { Font: fonts } };
  const xObject = context.register(context.flateStream(form, formDict));
  page.node.set(PDFName.Resources, context.obj({ Font: fonts, XObject: { X: xObject } }));
  page.node.set(PDFName.Contents, context.register(context.flateStream(content)));
  return document.save();
}

type Result = { words: string; left: string[]; before: Buffer; after: Buffer };

/**
 * Words that poppler finds in the searchable PDF, the strings that are left of its own content (whether they can be found or not), and
 * what pdfium paints of the page before and after.
 */
async function searchable(bytes: Uint8Array): Promise<Result> {
  const original = join(await makeFolder(), "original.pdf");
  await writeFile(original, bytes);
  const { pdfPath } = await assembleIn([{ bytes, mimeType: "application/pdf", pages: [{ tree, index: 0 }] }]);
  await run("qpdf", "--check", pdfPath);
  const words = (await placedWords(pdfPath)).map(({ text }) => text).join(" ");
  const strings = (await unpacked(pdfPath)).matchAll(/\(([a-z]{3,})\)\s*Tj/gu);
  const left = Array.from(strings, ([, text]) => text ?? "");
  return { words, left, before: await painted(original), after: await painted(pdfPath) };
}

async function painted(path: string): Promise<Buffer> {
  const file = await openPdfiumFile(path);
  const picture = file?.render(0, 150);
  file?.close();
  if (picture === undefined) throw new Error("The page cannot be shown");
  return picture.data;
}

function isBlank(pixels: Buffer): boolean {
  return pixels.every((value, index) => index % 4 === 3 || value === 255);
}

describe("the invisible text of an earlier program", () => {
  test("goes, and what is painted stays as it was", async () => {
    const { words, left, before, after } = await searchable(
      await pdfWith(`
        0.8 g 300 20 50 50 re f 0 g
        BT /F 12 Tf 14 TL 3 Tr 40 200 Td (old) Tj [(an) -200 (cient)] TJ (stale) ' 1 2 (past) " 0 Tr
        40 -60 Td 0 Tw 0 Tc (painted) Tj ET`),
    );
    expect(words).toBe("fresh words");
    expect(left).toEqual(["painted"]);
    expect(after.equals(before)).toBe(true);
    expect(isBlank(after)).toBe(false);
  });

  test("goes from forms, which begin with the render mode they are drawn in", async () => {
    const form = "BT /F 12 Tf 60 100 Td (inherited) Tj 0 Tr 0 -30 Td (shown) Tj ET";
    const { words, left, before, after } = await searchable(await pdfWith("q 3 Tr /X Do Q", form));
    expect(words).toBe("fresh words");
    expect(left).toEqual(["shown"]);
    expect(after.equals(before)).toBe(true);
  });

  test("goes from forms that set the render mode themselves", async () => {
    const { words } = await searchable(await pdfWith("q /X Do Q", "BT 3 Tr /F 12 Tf 60 100 Td (layer) Tj ET"));
    expect(words).toBe("fresh words");
  });

  test("ends with the graphics state that it was set in", async () => {
    const content = "q 3 Tr BT /F 12 Tf 60 200 Td (gone) Tj ET Q BT /F 12 Tf 60 100 Td (kept) Tj ET";
    expect((await searchable(await pdfWith(content))).left).toEqual(["kept"]);
  });

  test("stays where painted text begins at its end", async () => {
    const { words, left, before, after } = await searchable(
      await pdfWith("BT /F 12 Tf 60 100 Td 3 Tr (before) Tj 0 Tr (after) Tj ET"),
    );
    expect(words).toBe("fresh words");
    expect(left).toEqual(["before", "after"]);
    expect(after.equals(before)).toBe(true);
  });

  test("stays when its font is of Type 3, whose glyphs are painted in every render mode", async () => {
    const { before, after } = await searchable(await pdfWith("BT /T 40 Tf 3 Tr 60 100 Td (AA) Tj ET"));
    expect(after.equals(before)).toBe(true);
  });

  test("stays when the page's content cannot be followed", async () => {
    const { left } = await searchable(await pdfWith("BT /F 12 Tf 3 Tr 60 100 Td (riddle) Tj ET 1 2 unheard"));
    expect(left).toEqual(["riddle"]);
  });

  test("is found behind an inline image whose data looks like operators", async () => {
    const image = Buffer.concat([
      Buffer.from("q 80 0 0 80 200 60 cm BI /W 4 /H 4 /CS /G /BPC 8 ID ", "latin1"),
      Buffer.from([0, 10, 32, 69, 73, 32, 200, 7, 40, 255, 60, 91, 13, 69, 73, 250]),
      Buffer.from("\nEI Q BT /F 12 Tf 3 Tr 60 200 Td (hidden) Tj ET", "latin1"),
    ]);
    const { words, before, after } = await searchable(await pdfWith(image));
    expect(words).toBe("fresh words");
    expect(after.equals(before)).toBe(true);
    expect(isBlank(after)).toBe(false);
  });
});

describe("cutting a content stream into operations", () => {
  const cut = (content: string) => readOperations(Buffer.from(content, "latin1"));

  test("keeps strings, arrays and dictionaries in one piece", () => {
    const found = cut("[(a] \\) (b)) <41> [1 2]] TJ /P <</A (x>>) /B [1]>> BDC % Tj\n(1)'");
    expect(found?.map(({ operator, operands }) => [operator, ...operands])).toEqual([
      ["TJ", "[(a] \\) (b)) <41> [1 2]]"],
      ["BDC", "/P", "<</A (x>>) /B [1]>>"],
      ["'", "(1)"],
    ]);
  });

  test.each(["(open", "[1 2", "<< /A", "1 2", "12 frobnicate", ">>", "BI /W 1 ID no end"])("refuses %s", (content) => {
    expect(cut(content)).toBeUndefined();
  });
});
