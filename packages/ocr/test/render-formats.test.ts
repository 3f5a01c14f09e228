// The formats for other programs: plain text, hOCR, ALTO. Whatever a page holds, the same words come back with the same boxes.
import type { Block, Box, Engine, Page } from "@legible/shared/document";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { altoPieces } from "../src/render/alto.ts";
import { hocrPieces } from "../src/render/hocr.ts";
import { textPieces } from "../src/render/text.ts";
import { makeBlock, makePage, treeWords } from "./render-trees.ts";
import { type Element, elements, ofClass, readXml, textOf } from "./xml-reader.ts";

const engine: Engine = { name: "tesseract.js", version: "7.0.0", languages: ["chi_tra", "eng"], dataVersion: "a<b" };
const file = { name: 'R&D "plan" <1>\u0000\ud800.pdf', mimeType: "application/pdf", size: 3, sha256: "ab" };

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

async function* each(pages: Page[]): AsyncGenerator<Page> {
  yield* pages;
}

const alto = async (...pages: Page[]) =>
  readXml(
    await whole(
      altoPieces(
        { taskId: "task", createdAt: "2026-01-02T03:04:05.000Z", source: { files: [file] }, engine },
        each(pages),
      ),
    ),
  );
const hocr = async (...pages: Page[]) =>
  readXml(await whole(hocrPieces({ title: file.name, engine, images: pages.map(() => file.name) }, each(pages))));
const text = (...pages: Page[]) => whole(textPieces(each(pages)));

/** A property of an hOCR title. */
function property(element: Element, name: string): string | undefined {
  const title = element.attributes.title ?? "";
  return new RegExp(`(?:^|; )${name} ("[^"]*"|[^;]*)`, "u").exec(title)?.[1];
}

const altoBox = ({ attributes }: Element): Box => {
  const [x, y, width, height] = ["HPOS", "VPOS", "WIDTH", "HEIGHT"].map((key) => Number(attributes[key]));
  return [x ?? -1, y ?? -1, (x ?? -1) + (width ?? -1), (y ?? -1) + (height ?? -1)];
};
const hocrBox = (element: Element) => property(element, "bbox")?.split(" ").map(Number);

const table: Block = (() => {
  const block = makeBlock("p1b1", 60, 80, ["Name Sum", "Total 12 loose"]);
  const cell = (row: number, column: number, wordIds: string[]) => ({
    ...{ row, column, rowSpan: 1, columnSpan: 1, text: "", wordIds },
    bbox: [60 + column * 300, 80 + row * 60, 360 + column * 300, 140 + row * 60] as Box,
  });
  const cells = [cell(0, 0, ["p1b1w1"]), cell(1, 0, ["p1b1w3"]), cell(0, 1, ["p1b1w2"]), cell(1, 1, ["p1b1w4"])];
  return { ...block, type: "table", table: { rows: 2, columns: 2, cells } };
})();
const inOrder = ["Name", "Sum", "Total", "12", "loose"];

/** Any text that a tree may hold: a word has no white space. Unescaped and forbidden characters must not break the file. */
const anyWord = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
    fc.constantFrom("<b>", "&amp;", "]]>", '"', "'", "--", "&#0;", "漢字", "مرحبا", "a\u0000b", "\ud800", "\ufffe"),
  )
  .map((word) => word.replace(/\s/gu, "") || "x");
const scrubbed = (word: string) =>
  word.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/gu, "");

function pageOf(lines: readonly string[][]) {
  const texts = lines.map((line) => line.join(" "));
  return makePage(1, [makeBlock("p1b1", 10, 10, texts)]);
}

describe("any words and boxes come back", () => {
  const pages = fc.array(fc.array(anyWord, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });

  test("from hOCR", async () => {
    await fc.assert(
      fc.asyncProperty(pages, async (lines) => {
        const page = pageOf(lines);
        const words = ofClass(await hocr(page), "ocrx_word");
        expect(words.map(textOf)).toEqual(lines.flat().map(scrubbed));
        expect(words.map(hocrBox)).toEqual(treeWords(page).map((word) => word.bbox));
      }),
      { numRuns: 200 },
    );
  });

  test("from ALTO", async () => {
    await fc.assert(
      fc.asyncProperty(pages, async (lines) => {
        const page = pageOf(lines);
        const words = elements(await alto(page), "String");
        expect(words.map((word) => word.attributes.CONTENT)).toEqual(lines.flat().map(scrubbed));
        expect(words.map(altoBox)).toEqual(treeWords(page).map((word) => word.bbox));
      }),
      { numRuns: 200 },
    );
  });
});

describe("result.hocr", () => {
  test("names page, area, paragraph, line and word, each with its box, and says who made it", async () => {
    const root = await hocr(makePage(1, [makeBlock("p1b1", 60, 80, ["Two words", "below"])], { dpi: 299.6 }));
    expect(root).toMatchObject({
      name: "html",
      attributes: { xmlns: "http://www.w3.org/1999/xhtml", lang: "zh-Hant" },
    });
    const meta = Object.fromEntries(
      elements(root, "meta").map(({ attributes }) => [attributes.name, attributes.content]),
    );
    expect(meta).toMatchObject({
      "ocr-system": "tesseract.js 7.0.0",
      "ocr-number-of-pages": "1",
      "ocr-langs": "zh-Hant en",
    });
    for (const kind of ["ocr_page", "ocr_carea", "ocr_par", "ocr_line", "ocrx_word"]) {
      expect(meta["ocr-capabilities"]?.split(" ")).toContain(kind);
      expect(ofClass(root, kind).map(hocrBox)).not.toContain(undefined);
      expect(ofClass(root, kind).length).toBeGreaterThan(0);
    }
    const [page] = ofClass(root, "ocr_page");
    expect(page?.attributes.title).toBe(
      `image "R&D 'plan' <1>\ufffd.pdf"; bbox 0 0 900 600; ppageno 0; scan_res 300 300`,
    );
    const [line] = ofClass(root, "ocr_line");
    // The baseline lies 8 px above the lower edge of the line.
    expect(line?.attributes.title).toBe("bbox 60 80 202 116; baseline 0 -8");
    expect(line && textOf(line)).toBe("Two words");
    expect(property(ofClass(root, "ocrx_word")[0] as Element, "x_wconf")).toBe("90");
  });

  test("gives a slanted line its slope", async () => {
    const block = makeBlock("p1b1", 100, 80, ["slanted"]);
    const [line] = block.lines;
    if (line !== undefined) line.baseline = [100, 100, 200, 110];
    const [found] = ofClass(await hocr(makePage(1, [block])), "ocr_line");
    // Lower edge of the line: 116.
    expect(found && property(found, "baseline")).toBe("0.1 -16");
  });

  test("has no spaces between Chinese words, and marks what runs from right to left", async () => {
    const root = await hocr(
      makePage(1, [makeBlock("p1b1", 60, 80, ["漢字 かな 12"]), makeBlock("p1b2", 60, 300, ["שלום עולם"])]),
    );
    expect(ofClass(root, "ocr_line").map(textOf)).toEqual(["漢字かな 12", "שלום עולם"]);
    expect(ofClass(root, "ocr_par").map(({ attributes }) => attributes.dir)).toEqual([undefined, "rtl"]);
  });

  test("keeps empty and failed pages, a failed one with its reason", async () => {
    const error = { code: "PAGE_TIMEOUT", message: "Too long." } as const;
    const root = await hocr(makePage(1, [], { source: "blank" }), makePage(2, [], { source: "failed", error }));
    expect(ofClass(root, "ocr_page").map((page) => property(page, "x_error"))).toEqual([undefined, "PAGE_TIMEOUT"]);
  });

  test("gives each cell of a table a paragraph, and each id once", async () => {
    const root = await hocr(makePage(1, [table, makeBlock("p1b2", 60, 300, ["end"])]));
    expect(ofClass(root, "ocr_par").map((part) => textOf(part).trim())).toEqual([...inOrder, "end"]);
    expect(hocrBox(ofClass(root, "ocr_par")[1] as Element)).toEqual([138, 80, 660, 140]);
    const ids = ["ocr_page", "ocr_carea", "ocr_par", "ocr_line", "ocrx_word"].flatMap((kind) =>
      ofClass(root, kind).map(({ attributes }) => attributes.id),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("ALTO", () => {
  test("says unit, source, software and languages, and gives every element its place", async () => {
    const root = await alto(makePage(1, [makeBlock("p1b1", 60, 80, ["Two words"], { type: "heading", level: 1 })]));
    expect(root.attributes).toMatchObject({ xmlns: "http://www.loc.gov/standards/alto/ns-v4#", SCHEMAVERSION: "4.4" });
    expect(elements(root).map(({ name }) => name)).toEqual(["Description", "Tags", "Layout"]);
    const said = (name: string) => elements(root, name).map(textOf);
    expect([said("MeasurementUnit"), said("fileName"), said("softwareName")]).toEqual([
      ["pixel"],
      ['R&D "plan" <1>\ufffd.pdf'],
      ["tesseract.js"],
    ]);
    const [page, block, line] = ["Page", "TextBlock", "TextLine"].map((name) => elements(root, name)[0]?.attributes);
    expect(page).toMatchObject({
      ID: "page1",
      WIDTH: "900",
      HEIGHT: "600",
      PHYSICAL_IMG_NR: "1",
      PC: "0.9",
      LANG: "zh-Hant",
    });
    expect(block).toMatchObject({ ID: "p1b1", TAGREFS: "tag-heading", HPOS: "60", VPOS: "80" });
    expect(line).toMatchObject({ BASELINE: "60,108 202,108" });
    expect(elements(root, "StructureTag").map(({ attributes }) => attributes.ID)).toContain("tag-heading");
    expect(
      elements(root, "TextLine")[0]?.children.map((child) => (typeof child === "string" ? child : child.name)),
    ).toEqual(["String", "SP", "String"]);
  });

  test("keeps a table as a composed block of cells, and an empty figure as an illustration", async () => {
    const figure: Block = { ...makeBlock("p1b2", 60, 300, ["x"]), type: "figure", lines: [] };
    const root = await alto(makePage(1, [table, figure]));
    const [composed] = elements(root, "ComposedBlock");
    const cells = composed === undefined ? [] : elements(composed, "TextBlock");
    expect(cells.flatMap((cell) => elements(cell, "String").map(({ attributes }) => attributes.CONTENT))).toEqual(
      inOrder,
    );
    expect(cells).toHaveLength(5);
    expect(elements(root, "Illustration")[0]?.attributes).toMatchObject({ ID: "p1b2", TAGREFS: "tag-figure" });
  });

  test("marks lines that run from right to left, and keeps empty and failed pages", async () => {
    const error = { code: "PAGE_TIMEOUT", message: "Too long." } as const;
    const root = await alto(
      makePage(1, [makeBlock("p1b1", 60, 80, ["שלום עולם"])]),
      makePage(2, [], { source: "blank", confidence: null }),
      makePage(3, [], { source: "failed", confidence: null, error }),
    );
    expect(elements(root, "TextLine")[0]?.attributes.BASEDIRECTION).toBe("rtl");
    expect(elements(root, "Page").map(({ attributes }) => attributes.QUALITY_DETAIL)).toEqual([
      undefined,
      undefined,
      "Too long.",
    ]);
  });
});

describe("result.txt", () => {
  test("is the text in reading order, page after page, and says which page could not be read", async () => {
    const error = { code: "PAGE_TIMEOUT", message: "It took too long." } as const;
    expect(
      await text(
        makePage(1, [table, makeBlock("p1b2", 60, 300, ["漢字 かな", "end"])]),
        makePage(2, [], { source: "blank" }),
        makePage(3, [], { source: "failed", error }),
      ),
    ).toBe("Name Sum\nTotal 12\nloose\n\n漢字かな\nend\n\f\n\f[Page 3 could not be read: It took too long.]\n");
  });
});
