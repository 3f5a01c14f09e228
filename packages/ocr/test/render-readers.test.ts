// The same text in every reader: words, spaces, line ends and reading order, whatever the script and however the page lies.
import type { Block, Box, Word } from "@legible/shared/document";
import { PDFDocument, PDFName } from "pdf-lib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { linesOf, readers } from "./pdf-readers.ts";
import { assembleIn, cleanUp, makeBlock, makePage, pageSize } from "./render-trees.ts";

afterAll(cleanUp);

let picture: Buffer;
beforeAll(async () => {
  const { width, height } = pageSize;
  picture = await sharp({ create: { width, height, channels: 3, background: "white" } })
    .png()
    .toBuffer();
});

async function fromImage(blocks: Block[], size: Partial<typeof pageSize> = {}) {
  const tree = makePage(1, blocks, size);
  return assembleIn([{ bytes: picture, mimeType: "image/png", pages: [{ tree, index: 0 }] }]);
}

/** The character without width that holds columns together. */
const bridge = "\u200b";

/** Two columns of six lines whose boxes are as uneven as an engine's, and a page number below the gap. */
function twoColumns(): Block[] {
  const left = makeBlock(
    "p1b1",
    40,
    40,
    Array.from({ length: 6 }, (_, row) => `left line ${row} of the page`),
  );
  const right = makeBlock(
    "p1b2",
    500,
    40,
    Array.from({ length: 6 }, (_, row) => `right line ${row} of all`),
  );
  for (const block of [left, right]) for (const [row, line] of block.lines.entries()) roughen(line, row);
  return [left, right, makeBlock("p1b3", 462, 500, ["7"])];
}

/** Two columns with gaps between their paragraphs, a larger heading in the one beside the gap of the other, and a line below both. */
function columnsWithGaps(): Block[] {
  const rows = (side: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, row) => `${side} line ${from + row} of the page`);
  const heading = makeBlock("p1b2", 40, 210, ["A heading"]);
  for (const word of heading.lines[0]?.words ?? []) word.bbox = [word.bbox[0], 206, word.bbox[2], 244];
  return [
    makeBlock("p1b1", 40, 40, rows("left", 0, 2)),
    heading,
    makeBlock("p1b3", 40, 290, rows("left", 2, 5)),
    makeBlock("p1b4", 480, 40, rows("right", 0, 3)),
    makeBlock("p1b5", 480, 310, rows("right", 3, 6)),
    makeBlock("p1b6", 40, 520, ["a last line that is as wide as both of them together"]),
  ];
}

function roughen(line: Block["lines"][number], row: number): void {
  const taller = row % 2 === 0 ? 0 : 4;
  for (const word of line.words) word.bbox = [word.bbox[0], word.bbox[1] - taller, word.bbox[2], word.bbox[3]];
  // A baseline half a line too high, as engines have on lines with few long letters.
  if (row === 2) line.baseline = [line.baseline[0], line.bbox[1] + 10, line.baseline[2], line.bbox[1] + 10];
}

/** A line that runs down the page, one character below the other. */
function downwards(id: string, x: number, y: number, text: string): Block {
  const side = 40;
  const words: Word[] = [...text].map((character, index) => {
    const bbox: Box = [x, y + index * side, x + side, y + (index + 1) * side];
    return { id: `${id}w${index + 1}`, text: character, bbox, confidence: 90 };
  });
  const bbox: Box = [x, y, x + side, y + words.length * side];
  const line = { bbox, baseline: [x, bbox[3], x + side, bbox[3]] as Box, words };
  return { id, type: "paragraph", bbox, confidence: 90, lines: [line] };
}

describe.each(Object.entries(readers))("%s", (name, read) => {
  test("reads one column after the other, and the page number last", async () => {
    const blocks = twoColumns();
    const { pdf, pdfPath } = await fromImage(blocks);
    const expected = blocks.flatMap((block) => block.lines.map((line) => line.words.map((w) => w.text).join(" ")));
    expect(linesOf(await read(pdf, pdfPath))).toEqual(expected);
  });

  test("reads a column to its end where paragraphs leave gaps and a heading is larger", async () => {
    const blocks = columnsWithGaps();
    const { pdf, pdfPath } = await fromImage(blocks);
    const expected = blocks.flatMap((block) => block.lines.map((line) => line.words.map((w) => w.text).join(" ")));
    const text = await read(pdf, pdfPath);
    expect(linesOf(text.replaceAll(bridge, ""))).toEqual(expected);
    // Readers that keep the order of the content have bridging characters after all words, or leave them out.
    if (name !== "poppler") expect(text.slice(0, text.lastIndexOf("together"))).not.toContain(bridge);
  });

  test("reads one space between words, a line end after each line, and ligatures as letters", async () => {
    const lines = ["The ofﬁce ﬂoor, 0.35% (net)", "naïve Straße œuvre"];
    const { pdf, pdfPath } = await fromImage([makeBlock("p1b1", 40, 40, lines)]);
    const text = linesOf(await read(pdf, pdfPath)).map((line) => line.normalize("NFKC"));
    expect(text).toEqual(lines.map((line) => line.normalize("NFKC")));
  });

  test("reads Chinese without spaces, and characters beyond the basic plane", async () => {
    const { pdf, pdfPath } = await fromImage([makeBlock("p1b1", 40, 40, ["文 件 數 位 化 , 𠮷 野 家"])]);
    expect(
      linesOf(await read(pdf, pdfPath))
        .join("")
        .replace(/ /gu, ""),
    ).toBe("文件數位化,𠮷野家");
  });

  test("reads lines that run down, from the right to the left", async () => {
    const columns = [downwards("p1b1", 600, 60, "圖書館三樓閱覽室"), downwards("p1b2", 520, 60, "自三月起開放夜間")];
    const { pdf, pdfPath } = await fromImage(columns);
    const text = linesOf(await read(pdf, pdfPath))
      .join("")
      .replace(/ /gu, "");
    expect(text).toBe("圖書館三樓閱覽室自三月起開放夜間");
  });

  test.each(["שלום עולם גדול", "مرحبا بكم جميعا"])("reads %s in logical order", async (line) => {
    const block = makeBlock("p1b1", 40, 40, [line]);
    // The first word read is the one on the right.
    const words = block.lines[0]?.words ?? [];
    const places = words.map(({ bbox }) => bbox).reverse();
    for (const [index, word] of words.entries()) word.bbox = places[index] ?? word.bbox;
    const { pdf, pdfPath } = await fromImage([block]);
    const text = (await read(pdf, pdfPath)).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
    expect(linesOf(text)).toEqual([line]);
  });

  test.each([0, 90, 180, 270])("reads a PDF page turned by %d°, cropped and with large units", async (angle) => {
    const document = await PDFDocument.create();
    const page = document.addPage([700, 500]);
    page.node.set(PDFName.of("Rotate"), document.context.obj(angle));
    page.node.set(PDFName.of("UserUnit"), document.context.obj(2));
    page.setCropBox(100, 50, 432, 288);
    const bytes = Buffer.from(await document.save());
    const upright = angle % 180 === 0;
    const size = upright ? {} : { width: pageSize.height, height: pageSize.width };
    const lines = ["several lines of a page", "that was cropped after", "it had been scanned", "and turned around"];
    const tree = makePage(1, [makeBlock("p1b1", 40, 40, lines)], size);
    const input = { bytes, mimeType: "application/pdf" as const, pages: [{ tree, index: 0 }] };
    const { pdf, pdfPath } = await assembleIn([input]);
    const text = linesOf(await read(pdf, pdfPath));
    // pdfium gives the lines of a page that lies on its side with spaces between them.
    if (name === "pdfium" && !upright) expect(text.join(" ")).toBe(lines.join(" "));
    else expect(text).toEqual(lines);
  });
});
