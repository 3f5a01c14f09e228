// Pictures of pages that keep their text: which are figures, and where they stand in the reading order.
import { PDFDocument, type PDFImage, type PDFPage, StandardFonts } from "pdf-lib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { pageMarkdown } from "../src/render/markdown.ts";
import { readInProcess } from "./read-in-process.ts";

type Draw = (page: PDFPage, image: PDFImage, write: (text: string, y: number, x?: number) => void) => void;

/** A page of 400 × 500 pt: what `draw` makes of a picture of stripes, or of nothing. */
async function read(draw: Draw, isEmpty = false, mode: "auto" | "skip" = "auto") {
  const stripes = Uint8Array.from({ length: 60 * 40 }, (_, index) => (isEmpty || (index % 60) % 8 > 3 ? 255 : 40));
  const png = await sharp(stripes, { raw: { width: 60, height: 40, channels: 1 } })
    .png()
    .toBuffer();
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([400, 500]);
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  draw(page, await pdf.embedPng(png), (text, y, x = 40) => page.drawText(text, { x, y, size: 12, font }));
  const { answer } = await readInProcess(await pdf.save(), { mode });
  return answer.page;
}

const place = { x: 100, y: 200, width: 180, height: 120 };
const around = (write: Parameters<Draw>[2]) => {
  write("Text that stands above the picture.", 400);
  write("Text that stands below the picture.", 100);
};

test("a picture is a figure in its place, with the caption beside it", async () => {
  const page = await read((page, image, write) => {
    page.drawImage(image, place);
    write("Text that stands above the picture.", 400);
    write("Figure 1. Stripes of a zebra.", 180, 110);
    write("Text that stands below the picture.", 100);
  });
  expect(page.blocks.map(({ type }) => type)).toEqual(["paragraph", "figure", "caption", "paragraph"]);
  const figure = page.blocks[1];
  expect(figure).toMatchObject({ id: "p1b4", lines: [], confidence: 100 });
  expect(figure?.bbox.map(Math.round)).toEqual([100, 180, 280, 300].map((points) => Math.round((points * 300) / 72)));
  expect(pageMarkdown(page)).toContain("above the picture.\n\n<!-- figure p1b4 -->\n\nFigure 1. Stripes");
});

test("a caption above its picture stays before it", async () => {
  const page = await read((page, image, write) => {
    page.drawImage(image, place);
    write("Text that stands above the picture.", 400);
    write("Figure 1. Stripes of a zebra.", 330, 110);
    write("Text that stands below the picture.", 100);
  });
  expect(page.blocks.map(({ type }) => type)).toEqual(["paragraph", "caption", "figure", "paragraph"]);
});

test("at the edge of a page a picture is a figure when a caption of figures calls it one", async () => {
  const count = async (caption: string) =>
    (
      await read((page, image, write) => {
        page.drawImage(image, { ...place, y: 440, height: 55 });
        write(caption, 425, 110);
        around(write);
      })
    ).blocks.filter(({ type }) => type === "figure").length;
  expect([await count("Figure 1. Stripes"), await count("Table 1. Stripes"), await count("Stripes")]).toEqual([
    1, 0, 0,
  ]);
});

test("strips of one picture are one figure, pictures apart are two", async () => {
  const count = async (gap: number) =>
    (
      await read((page, image, write) => {
        page.drawImage(image, { ...place, height: 60 });
        page.drawImage(image, { ...place, y: 260 + gap, height: 60 });
        around(write);
      })
    ).blocks.filter(({ type }) => type === "figure").length;
  expect([await count(0), await count(12)]).toEqual([1, 2]);
});

test.each<[string, Draw, boolean]>([
  ["a scan of all of the page", (page, image) => page.drawImage(image, { x: 0, y: 0, width: 400, height: 500 }), false],
  ["an icon", (page, image) => page.drawImage(image, { ...place, width: 30, height: 30 }), false],
  ["a flat ornament", (page, image) => page.drawImage(image, { ...place, height: 20 }), false],
  ["a letterhead", (page, image) => page.drawImage(image, { ...place, y: 440, height: 55 }), false],
  ["a picture that shows nothing", (page, image) => page.drawImage(image, place), true],
  [
    "a background of text",
    (page, image, write) => {
      page.drawImage(image, place);
      for (let y = 205; y < 310; y += 14) write("words on a coloured ground", y, 105);
    },
    false,
  ],
])("%s is no figure", async (_, draw, isEmpty) => {
  const page = await read(
    (page, image, write) => {
      draw(page, image, write);
      around(write);
    },
    isEmpty,
    "skip",
  );
  expect(page.source).toBe("text");
  expect(page.blocks.filter(({ type }) => type === "figure")).toEqual([]);
});

test("words in a picture follow it", async () => {
  const page = await read((page, image, write) => {
    page.drawImage(image, place);
    write("Text that stands above the picture.", 400);
    write("A label", 260, 150);
    write("Text that stands below the picture.", 100);
  });
  expect(pageMarkdown(page)).toMatch(/above the picture\.\n\n<!-- figure \w+ -->\n\nA label\n\nText/u);
});
