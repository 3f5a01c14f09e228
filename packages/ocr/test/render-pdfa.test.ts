// PDF/A-2b: what a document must have, and that nothing is claimed that is not so. A full validator is not part of the tests.
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFString,
  StandardFonts,
} from "pdf-lib";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { unpack } from "../src/render/page-content.ts";
import { srgbProfile } from "../src/render/pdfa/srgb-profile.ts";
import { assembleIn, cleanUp, makeBlock, makePage, pageSize, placedWords, run, unpacked } from "./render-trees.ts";
import { elements, readXml, textOf } from "./xml-reader.ts";

afterAll(cleanUp);

const tree = makePage(1, [makeBlock("p1b1", 60, 80, ["Invisible words", "漢字"])]);
const size: [number, number] = [(pageSize.width * 72) / pageSize.dpi, (pageSize.height * 72) / pageSize.dpi];

async function makePdf(prepare?: (document: PDFDocument) => void | Promise<void>): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage(size);
  page.drawRectangle({ x: 10, y: 10, width: 50, height: 20 });
  await prepare?.(document);
  return document.save();
}

/** The result of a PDF that is wanted as PDF/A. */
async function archived(bytes: Uint8Array) {
  const input = { bytes, mimeType: "application/pdf" as const, pages: [{ tree, index: 0 }] };
  const assembled = await assembleIn([input], ["chi_tra"], { pdfa: true });
  return { ...assembled, document: await PDFDocument.load(assembled.pdf, { updateMetadata: false }) };
}

function metadata({ catalog, context }: PDFDocument) {
  const stream = context.lookup(catalog.get(PDFName.of("Metadata")));
  if (!(stream instanceof PDFRawStream)) return undefined;
  const xml = Buffer.from(stream.contents)
    .toString("utf8")
    .replace(/<\?xpacket[^>]*\?>\n?/gu, "");
  const root = readXml(xml);
  return (name: string) => elements(root, name).map((element) => textOf(element).trim())[0];
}

const content = (document: PDFDocument, text: string) =>
  document.getPage(0).node.set(PDFName.Contents, document.context.register(document.context.stream(text)));

describe("a PDF/A from images", () => {
  test.each([
    ["png", "image/png"],
    ["jpeg", "image/jpeg"],
    ["tiff", "image/tiff"],
    ["webp", "image/webp"],
  ] as const)("claims part 2, level B, with an sRGB output intent: %s", async (format, mimeType) => {
    const picture = { width: 90, height: 60, channels: 3 as const, background: "#4080c0" };
    const bytes = await sharp({ create: picture }).toFormat(format).toBuffer();
    const input = { bytes, mimeType, pages: [{ tree, index: 0 }] };
    const { pdf, pdfPath, notes } = await assembleIn([input], ["chi_tra"], { pdfa: true });
    expect(notes).toEqual([]);
    const document = await PDFDocument.load(pdf, { updateMetadata: false });
    const said = metadata(document);
    expect([said?.("pdfaid:part"), said?.("pdfaid:conformance")]).toEqual(["2", "B"]);
    const intents = document.catalog.lookup(PDFName.of("OutputIntents"), PDFArray);
    const intent = intents.lookup(0, PDFDict);
    expect(intent.lookup(PDFName.of("S"))).toBe(PDFName.of("GTS_PDFA1"));
    const profile = document.context.lookup(intent.get(PDFName.of("DestOutputProfile")));
    expect(unpack(profile)?.equals(srgbProfile())).toBe(true);
    expect(document.context.trailerInfo.ID).toBeInstanceOf(PDFArray);
    expect(document.context.trailerInfo.Encrypt).toBeUndefined();
    // A comment of four high bytes follows the header.
    expect(pdf.subarray(0, 15).toString("latin1")).toMatch(/^%PDF-1\.7\n%[\x80-\xff]{4}\n/u);
    expect(await run("qpdf", "--check", pdfPath)).toContain("No syntax or stream encoding errors");
    expect((await placedWords(pdfPath)).map(({ text }) => text)).toEqual(["Invisible", "words", "漢字"]);
  });

  test("says the same in its information and its XMP", async () => {
    const document = (
      await archived(
        await makePdf((made) => {
          made.setTitle('A "title" & <more> 漢字');
          made.setAuthor("An author");
          made.setKeywords(["one", "two"]);
          made.setCreator("Scanner 3000");
          made.setCreationDate(new Date("2020-02-03T04:05:06Z"));
        }),
      )
    ).document;
    const said = metadata(document);
    expect([document.getTitle(), document.getAuthor(), document.getKeywords(), document.getCreator()]).toEqual(
      ["dc:title", "dc:creator", "pdf:Keywords", "xmp:CreatorTool"].map((name) => said?.(name)),
    );
    expect(said?.("dc:title")).toBe('A "title" & <more> 漢字');
    expect(said?.("xmp:CreateDate")).toBe("2020-02-03T04:05:06Z");
    expect(document.getCreationDate()?.toISOString()).toBe("2020-02-03T04:05:06.000Z");
    expect(document.getModificationDate()?.toISOString()).toBe(new Date(said?.("xmp:ModifyDate") ?? "").toISOString());
    expect(said?.("pdf:Producer")).toBe(document.getProducer());
  });

  test("shows no code of the text layer as .notdef", async () => {
    const { document } = await archived(await makePdf());
    const maps = document.context
      .enumerateIndirectObjects()
      .flatMap(([, object]) => (object instanceof PDFDict ? [object] : []))
      .filter((dict) => dict.get(PDFName.of("Subtype")) === PDFName.of("CIDFontType2"))
      .map((dict) => unpack(dict.context.lookup(dict.get(PDFName.of("CIDToGIDMap")))));
    expect(maps.map((map) => map?.length)).toEqual([0x20000]);
    for (let code = 0; code < 0x10000; code += 251) expect(maps[0]?.readUInt16BE(2 * code)).toBe(1);
  });
});

describe("a PDF/A from a PDF", () => {
  test("is one when its fonts are embedded and its colours defined", async () => {
    const { notes, document } = await archived(await makePdf((made) => content(made, "1 0 0 rg 0 0 9 9 re f")));
    expect(notes).toEqual([]);
    expect(metadata(document)?.("pdfaid:part")).toBe("2");
  });

  const spot = (base: string) => (made: PDFDocument) => {
    const { context } = made;
    const tint = context.register(context.stream("{}", { FunctionType: 4, Domain: [0, 1], Range: [0, 1] }));
    const space = context.obj([PDFName.of("Separation"), PDFName.of("Spot"), PDFName.of(base), tint]);
    made.getPage(0).node.set(PDFName.Resources, context.obj({ ColorSpace: { S: space } }));
    content(made, "/S cs 1 scn 0 0 9 9 re f");
  };
  const annotated = (entries: { Subtype?: string; F?: number }) => (made: PDFDocument) => {
    const annotation = { Type: "Annot", Subtype: "Square", Rect: [10, 10, 60, 60], ...entries };
    made.getPage(0).node.set(PDFName.Annots, made.context.obj([annotation]));
  };
  const image = (entries: Record<string, string>) => (made: PDFDocument) => {
    const { context } = made;
    const shown = { Type: "XObject", Subtype: "Image", Width: 1, Height: 1, BitsPerComponent: 8, ...entries };
    const picture = context.register(PDFRawStream.of(context.obj(shown), Buffer.from([0, 0, 0, 0])));
    made.getPage(0).node.set(PDFName.Resources, context.obj({ XObject: { I: picture } }));
    content(made, "/I Do");
  };

  test.each<[string, string, (made: PDFDocument) => unknown]>([
    [
      "text in a font that is not embedded",
      "NOT_PDFA_FONTS",
      async (made) => {
        const font = await made.embedFont(StandardFonts.Helvetica);
        made.getPage(0).drawText("visible", { font });
      },
    ],
    ["CMYK ink", "NOT_PDFA_COLOURS", (made) => content(made, "0 0 0 1 k 0 0 9 9 re f")],
    ["a spot colour over CMYK", "NOT_PDFA_COLOURS", spot("DeviceCMYK")],
    ["a CMYK picture", "NOT_PDFA_COLOURS", image({ ColorSpace: "DeviceCMYK" })],
    ["an inline CMYK picture", "NOT_PDFA_COLOURS", (made) => content(made, "BI /W 1 /H 1 /BPC 8 /CS /CMYK ID abcd EI")],
    ["LZW", "NOT_PDFA_CONTENT", image({ ColorSpace: "DeviceGray", Filter: "LZWDecode" })],
    ["an unknown operator", "NOT_PDFA_CONTENT", (made) => content(made, "1 2 frobnicate")],
    ["an annotation without a look of its own", "NOT_PDFA_CONTENT", annotated({})],
    ["a hidden annotation", "NOT_PDFA_CONTENT", annotated({ Subtype: "Link", F: 2 })],
    [
      "a page larger than a house",
      "NOT_PDFA_CONTENT",
      (made) => made.getPage(0).node.set(PDFName.MediaBox, made.context.obj([0, 0, 20_000, 500])),
    ],
  ])("is refused for %s, and claims nothing then", async (_, note, prepare) => {
    const bytes = await makePdf(async (made) => {
      await prepare(made);
    });
    const { notes, document, pdfPath } = await archived(bytes);
    expect(notes).toEqual([note]);
    expect(await unpacked(pdfPath)).not.toContain("pdfaid");
    expect(document.catalog.has(PDFName.of("OutputIntents"))).toBe(false);
  });

  test("allows a spot colour over RGB, and unused and invisible text without an embedded font", async () => {
    expect((await archived(await makePdf(spot("DeviceRGB")))).notes).toEqual([]);
    const bytes = await makePdf(async (made) => {
      const font = await made.embedFont(StandardFonts.Helvetica);
      made.getPage(0).node.set(PDFName.Resources, made.context.obj({ Font: { F: font.ref } }));
      content(made, "q 0 0 9 9 re f Q BT /F 12 Tf 3 Tr (old layer) Tj ET");
    });
    expect((await archived(bytes)).notes).toEqual([]);
  });

  test("takes out what PDF/A forbids and nobody sees", async () => {
    const { notes, document, pdfPath } = await archived(
      await makePdf((made) => {
        const { context, catalog } = made;
        image({ ColorSpace: "DeviceGray" })(made);
        for (const [, object] of context.enumerateIndirectObjects()) {
          const isImage = object instanceof PDFRawStream && object.dict.has(PDFName.of("Width"));
          if (isImage) object.dict.set(PDFName.of("Interpolate"), context.obj(true));
        }
        const link = { Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9] };
        const actions = [
          { S: "URI", URI: PDFString.of("https://example.org") },
          { S: "Hide", T: PDFString.of("x") },
          { S: "Named", N: "Print" },
        ];
        made.getPage(0).node.set(PDFName.Annots, context.obj(actions.map((A) => ({ ...link, A }))));
        catalog.set(PDFName.of("AcroForm"), context.obj({ Fields: [], NeedAppearances: true }));
        const layer = context.register(context.obj({ Type: "OCG", Name: PDFString.of("Layer") }));
        catalog.set(PDFName.of("OCProperties"), context.obj({ OCGs: [layer], D: { AS: [], Order: [layer] } }));
      }),
    );
    expect(notes).toEqual([]);
    const text = await unpacked(pdfPath);
    const forbidden = /\/(?:Interpolate|Hide|Print|NeedAppearances|AS|Order)\b/u;
    expect(forbidden.exec(text)?.[0]).toBeUndefined();
    expect(text).toContain("https://example.org");
    expect(text).toContain("/Name (Layers 1)");
    const [first] = document.getPage(0).node.Annots()?.asArray() ?? [];
    const annotation = document.context.lookup(first);
    expect(annotation instanceof PDFDict && annotation.get(PDFName.of("F"))).toEqual(PDFNumber.of(4));
  });

  test("is made only when asked for", async () => {
    const input = { bytes: await makePdf(), mimeType: "application/pdf" as const, pages: [{ tree, index: 0 }] };
    const { pdfPath, notes } = await assembleIn([input]);
    expect(await unpacked(pdfPath)).not.toMatch(/pdfaid|OutputIntent/u);
    expect(notes).toEqual([]);
  });
});

test("the profile is one that a colour engine takes for sRGB", async () => {
  const profile = srgbProfile();
  expect(profile.length).toBe(profile.readUInt32BE(0));
  expect(profile.toString("latin1", 12, 24)).toBe("mntrRGB XYZ ");
  const tags = Array.from({ length: profile.readUInt32BE(128) }, (_, index) => 132 + 12 * index);
  expect(tags.map((at) => profile.toString("latin1", at, at + 4))).toEqual([
    "desc",
    "cprt",
    "wtpt",
    "rXYZ",
    "gXYZ",
    "bXYZ",
    "rTRC",
    "gTRC",
    "bTRC",
  ]);
  const colorants = ["rXYZ", "gXYZ", "bXYZ"].map((name) => {
    const at = profile.readUInt32BE((tags.find((tag) => profile.toString("latin1", tag, tag + 4) === name) ?? 0) + 4);
    return [8, 12, 16].map((offset) => profile.readInt32BE(at + offset) / 65536);
  });
  // White is the sum of the three: D50, to the precision of the numbers.
  for (const [axis, white] of [0.9642, 1, 0.8249].entries()) {
    expect(colorants.reduce((sum, values) => sum + (values[axis] ?? 0), 0)).toBeCloseTo(white, 3);
  }
});

test("a title of parentheses and other scripts comes back", async () => {
  const bytes = await makePdf(
    (made) =>
      made.context
        .lookup(made.context.trailerInfo.Info, PDFDict)
        .set(PDFName.of("Title"), PDFHexString.fromText("(a) \\ 漢字")) as undefined,
  );
  expect((await archived(bytes)).document.getTitle()).toBe("(a) \\ 漢字");
});
