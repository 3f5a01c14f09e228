import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  degrees,
  PDFArray,
  type PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
  StandardFonts,
} from "pdf-lib";
import { afterAll, describe, expect, test } from "vitest";
import {
  assembleIn,
  cleanUp,
  makeBlock,
  makeFolder,
  makePage,
  pageSize,
  placedWords,
  run,
  treeWords,
  unpacked,
} from "./render-trees.ts";

afterAll(cleanUp);

const scale = 72 / pageSize.dpi;
const tree = makePage(1, [makeBlock("p1b1", 60, 80, ["Invisible words over", "the original page"])]);
const pdfInput = (bytes: Uint8Array, pages = [{ tree, index: 0 }], password?: string) => ({
  ...{ bytes, mimeType: "application/pdf" as const, pages },
  ...(password === undefined ? {} : { password }),
});

/** A page whose shown size is that of the tree, whatever its turn and its crop box. */
async function makePdf(turn: number, crop: boolean, prepare?: (document: PDFDocument) => void): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const [width, height] = [pageSize.width * scale, pageSize.height * scale];
  const size: [number, number] = turn % 180 === 0 ? [width, height] : [height, width];
  const page = document.addPage(crop ? [size[0] + 100, size[1] + 100] : size);
  page.drawRectangle({ x: 10, y: 10, width: 50, height: 20 });
  page.setRotation(degrees(turn));
  if (crop) page.setCropBox(30, 60, ...size);
  prepare?.(document);
  return document.save();
}

async function expectWordsInPlace(path: string, page = tree): Promise<void> {
  const placed = await placedWords(path);
  expect(placed.map(({ text }) => text)).toEqual(treeWords(page).map(({ text }) => text));
  treeWords(page).forEach((word, index) => {
    const [x0, y0, x1, y1] = placed[index]?.box ?? [0, 0, 0, 0];
    // Tolerance: 2 pt.
    expect(Math.abs((x0 + x1) / 2 - ((word.bbox[0] + word.bbox[2]) / 2) * scale)).toBeLessThan(2);
    expect((y0 + y1) / 2).toBeGreaterThan(word.bbox[1] * scale);
    expect((y0 + y1) / 2).toBeLessThan(word.bbox[3] * scale);
  });
}

async function expectClean(path: string): Promise<void> {
  expect(await run("qpdf", "--check", path)).toContain("No syntax or stream encoding errors");
}

describe("a searchable PDF from a PDF", () => {
  test.each(
    [0, 90, 180, 270].flatMap((turn) => [
      { turn, crop: false },
      { turn, crop: true },
    ]),
  )("puts words where they are shown: turned by $turn, crop box $crop", async ({ turn, crop }) => {
    const { pdfPath } = await assembleIn([pdfInput(await makePdf(turn, crop))]);
    await expectWordsInPlace(pdfPath);
    await expectClean(pdfPath);
  });

  test.each([90, 180, 270] as const)(
    "stands a page upright that recognition turned by %i degrees",
    async (rotation) => {
      // The stored page is shown turned the other way.
      const bytes = await makePdf(rotation === 180 ? 0 : 90, true);
      const document = await PDFDocument.load(bytes);
      document.getPage(0).setRotation(degrees(0));
      const { pdfPath } = await assembleIn([
        pdfInput(await document.save(), [{ tree: { ...tree, rotation }, index: 0 }]),
      ]);
      await expectWordsInPlace(pdfPath);
    },
  );

  test("content that leaves the graphics state changed does not move the words", async () => {
    const bytes = await makePdf(0, false, (document) => {
      const stream = document.context.stream("q q 3 0 0 3 50 50 cm 1 0 0 RG");
      document.getPage(0).node.set(PDFName.Contents, document.context.register(stream));
    });
    await expectWordsInPlace((await assembleIn([pdfInput(bytes)])).pdfPath);
  });

  test("keeps the page's own streams byte for byte", async () => {
    const bytes = await makePdf(0, false);
    const contents = async (pdf: Uint8Array) => {
      const document = await PDFDocument.load(pdf, { updateMetadata: false });
      const found = document.context.lookup(document.getPage(0).node.get(PDFName.Contents));
      const streams = found instanceof PDFArray ? found.asArray() : [found];
      return streams.flatMap((stream) => {
        const object = document.context.lookup(stream);
        return object instanceof PDFRawStream ? [object.contents] : [];
      });
    };
    const [own] = await contents(bytes);
    const [, last] = await contents((await assembleIn([pdfInput(bytes)])).pdf);
    expect(own).toBeDefined();
    expect(Buffer.from(last ?? []).equals(Buffer.from(own ?? [1]))).toBe(true);
  });

  test("pages with text of their own, blank and failed ones get no layer", async () => {
    const bytes = await makePdf(0, false);
    for (const source of ["text", "blank", "failed"] as const) {
      const { pdfPath } = await assembleIn([pdfInput(bytes, [{ tree: { ...tree, source }, index: 0 }])]);
      expect(await placedWords(pdfPath)).toEqual([]);
    }
  });

  test("pages that share resources and inherit their box keep their own fonts", async () => {
    const bytes = await makePdf(0, false, (document) => {
      const font = document.embedStandardFont(StandardFonts.Helvetica);
      const shared = document.context.register(document.context.obj({ Font: { L: font.ref } }));
      const parent = document.catalog.Pages();
      parent.set(PDFName.Resources, shared);
      parent.set(PDFName.MediaBox, document.context.obj([0, 0, 432, 288]));
      document.addPage([432, 288]);
      for (const page of document.getPages()) {
        page.node.delete(PDFName.Resources);
        page.node.delete(PDFName.MediaBox);
        page.node.set(
          PDFName.Contents,
          document.context.register(document.context.stream("BT /L 12 Tf 90 20 Td (visible) Tj ET")),
        );
      }
    });
    const second = { ...tree, number: 2 };
    const { pdfPath } = await assembleIn([
      pdfInput(bytes, [
        { tree, index: 0 },
        { tree: second, index: 1 },
      ]),
    ]);
    const words = (await placedWords(pdfPath)).map(({ text }) => text);
    // Recognised is what is shown; the text that shows it is not found a second time.
    expect(words.filter((word) => word === "visible")).toHaveLength(0);
    expect(words.filter((word) => word === "Invisible")).toHaveLength(2);
    expect((await unpacked(pdfPath)).match(/\(visible\) Tj/gu)).toHaveLength(2);
    await expectClean(pdfPath);
  });

  test("active content is gone, links and bookmarks stay", async () => {
    const bytes = await makePdf(0, false, addActiveContent);
    const { pdfPath } = await assembleIn([pdfInput(bytes)]);
    const text = await unpacked(pdfPath);
    const names = [
      "JavaScript",
      "JS",
      "Launch",
      "AA",
      "OpenAction",
      "SubmitForm",
      "ImportData",
      "GoToR",
      "EmbeddedFile",
      "EmbeddedFiles",
    ];
    for (const name of [...names, "XFA", "RichMedia", "FileAttachment", "ByteRange"]) {
      expect(text, name).not.toMatch(new RegExp(`/${name}\\b`, "u"));
    }
    expect(text).not.toContain("app.alert");
    expect(text).toContain("https://example.org");
    expect(text).toContain("(Chapter)");
    expect(text).toContain("This searchable copy is not signed.");
    await expectClean(pdfPath);
    await expectWordsInPlace(pdfPath);
  });

  test("only the pages that were asked for are in it, and nothing of the others", async () => {
    const bytes = await makePdf(0, false, (document) => {
      const page = document.addPage([432, 288]);
      page.drawText("secret");
      const [first] = document.getPages();
      const link = { Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9], Dest: [page.ref, "Fit"] };
      first?.node.set(PDFName.Annots, document.context.obj([link]));
    });
    const { pdf, pdfPath } = await assembleIn([pdfInput(bytes)]);
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(1);
    expect(await unpacked(pdfPath)).not.toContain("<736563726574>");
    await expectClean(pdfPath);
  });

  test.each([
    { kind: "an owner password", user: "", password: undefined },
    { kind: "a password to open", user: "open me", password: "open me" },
  ])("a PDF with $kind becomes a plain one", async ({ user, password }) => {
    const folder = await makeFolder();
    await writeFile(join(folder, "plain.pdf"), await makePdf(90, true));
    await run("qpdf", "--encrypt", user, "owner", "256", "--", join(folder, "plain.pdf"), join(folder, "locked.pdf"));
    const bytes = await readFile(join(folder, "locked.pdf"));
    const { pdfPath } = await assembleIn([pdfInput(bytes, [{ tree, index: 0 }], password)]);
    expect(await run("qpdf", "--show-encryption", pdfPath)).toContain("File is not encrypted");
    await expectWordsInPlace(pdfPath);
    await expectClean(pdfPath);
  });

  test("a PDF that only pdfium can read comes back as pictures or repaired, with its words", async () => {
    // The page tree's root is damaged for pdf-lib, which wants a dictionary behind every reference.
    const text = Buffer.from(
      await (await PDFDocument.load(await makePdf(0, false))).save({ useObjectStreams: false }),
    ).toString("latin1");
    const bytes = Buffer.from(text.replace("/Count 1", "/Count 7"), "latin1");
    const { pdf, pdfPath } = await assembleIn([pdfInput(bytes)]);
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(1);
    await expectWordsInPlace(pdfPath);
    await expectClean(pdfPath);
  });

  test("joins PDFs and gives the same bytes each time", async () => {
    const inputs = [
      pdfInput(await makePdf(0, false)),
      pdfInput(await makePdf(90, true), [{ tree: { ...tree, number: 2 }, index: 0 }]),
    ];
    const [first, second] = [await assembleIn(inputs, ["chi_tra"]), await assembleIn(inputs, ["chi_tra"])];
    expect(first.pdf.equals(second.pdf)).toBe(true);
    expect((await placedWords(first.pdfPath)).length).toBe(2 * treeWords(tree).length);
    expect(await unpacked(first.pdfPath)).toContain("/Lang (zh-Hant)");
    await expectClean(first.pdfPath);
  });
});

function addActiveContent(document: PDFDocument): void {
  const { context, catalog } = document;
  const script = context.obj({ S: "JavaScript", JS: PDFString.of("app.alert(1)") });
  const launch = context.obj({ S: "Launch", F: PDFString.of("calc.exe") });
  document.addJavaScript("start", "app.alert(2)");
  catalog.set(PDFName.of("OpenAction"), context.register(script));
  catalog.set(PDFName.of("AA"), context.obj({ WC: script, Extra: 1 }));
  const annotation = (entries: Record<string, PDFDict | string>) =>
    context.register(context.obj({ Type: "Annot", Rect: [0, 0, 10, 10], ...entries }));
  const uri = context.obj({ S: "URI", URI: PDFString.of("https://example.org"), Next: script });
  const file = context.register(context.stream("payload", { Type: "EmbeddedFile" }));
  const attachment = context.obj({ Type: "Filespec", F: PDFString.of("a.exe"), EF: { F: file } });
  document.getPage(0).node.set(
    PDFName.Annots,
    context.obj([
      annotation({ Subtype: "Link", A: launch }),
      annotation({ Subtype: "Link", A: uri }),
      annotation({ Subtype: "Link", A: context.obj({ S: "GoToR", F: PDFString.of("other.pdf") }) }),
      annotation({ Subtype: "FileAttachment", FS: attachment }),
      annotation({ Subtype: "RichMedia", RichMediaContent: context.obj({}) }),
      annotation({ Subtype: "Widget", FT: "Btn", AA: context.obj({ D: context.obj({ S: "SubmitForm" }) }) }),
      annotation({
        Subtype: "Widget",
        FT: "Sig",
        V: context.obj({ Type: "Sig", ByteRange: [0, 1, 2, 3], Contents: PDFHexString.of("00") }),
      }),
    ]),
  );
  document.getPage(0).node.set(PDFName.of("AA"), context.obj({ O: context.obj({ S: "ImportData" }) }));
  catalog.set(PDFName.of("AcroForm"), context.obj({ Fields: [], XFA: PDFString.of("<xfa/>"), SigFlags: 3 }));
  const outlines = context.nextRef();
  const item = context.register(
    context.obj({
      Title: PDFString.of("Chapter"),
      Parent: outlines,
      A: { S: "GoTo", D: [document.getPage(0).ref, "Fit"] },
    }),
  );
  context.assign(outlines, context.obj({ First: item, Last: item, Count: 1 }));
  catalog.set(PDFName.of("Outlines"), outlines);
}
