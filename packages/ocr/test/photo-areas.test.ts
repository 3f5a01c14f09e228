// Photographs on scanned pages: found where tones lie without white between them, and figures of the page.
import type { Box } from "@legible/shared/document";
import { PDFDocument } from "pdf-lib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { photoAreas } from "../src/pipeline/prepare/photo-areas.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { pageMarkdown } from "../src/render/markdown.ts";
import { readInProcess } from "./read-in-process.ts";

const page = { width: 1000, height: 1400 };

type Paint = (x: number, y: number) => number;

function painted(paint: Paint): Raster {
  const grey = new Uint8Array(page.width * page.height);
  for (let y = 0; y < page.height; y++) for (let x = 0; x < page.width; x++) grey[y * page.width + x] = paint(x, y);
  return { ...page, grey };
}

const inside = ([x0, y0, x1, y1]: Box, x: number, y: number) => x >= x0 && x < x1 && y >= y0 && y < y1;
/** Lines of letters: strokes with white between them. */
const print: Paint = (x, y) => (y % 30 < 16 && x % 10 < 4 && x > 80 && x < 920 ? 20 : 250);
/** Tones from dark to light, as in a photograph. */
const photo: Paint = (x, y) => 30 + ((x + y) % 160);
const place: Box = [200, 500, 700, 900];

const withPhoto: Paint = (x, y) => (inside(place, x, y) ? photo(x, y) : y > 450 && y < 950 ? 250 : print(x, y));

test("a photograph among lines of print is found to a few pixels", () => {
  const found = photoAreas(painted(withPhoto));
  expect(found).toHaveLength(1);
  for (const [side, value] of place.entries()) expect(Math.abs((found[0]?.[side] ?? 0) - value)).toBeLessThan(20);
});

test("print, a bold title and a tinted box are none", () => {
  const title: Paint = (x, y) => (y > 40 && y < 110 && x % 48 < 20 && x > 80 && x < 900 ? 10 : 250);
  const tinted: Paint = (x, y) => (inside(place, x, y) ? Math.min(190, print(x, y)) : 250);
  for (const paint of [print, title, tinted]) expect(photoAreas(painted(paint))).toEqual([]);
});

test("a page that is dark all over is none", () => {
  expect(photoAreas(painted((x, y) => photo(x, y) / 2))).toEqual([]);
});

test("on a scanned page it is a figure, in its place on the page", async () => {
  const { grey, ...size } = painted(withPhoto);
  const pdf = await PDFDocument.create();
  const scan = await sharp(grey, { raw: { ...size, channels: 1 } })
    .png()
    .toBuffer();
  pdf.addPage([500, 700]).drawImage(await pdf.embedPng(scan), { x: 0, y: 0, width: 500, height: 700 });
  const { answer } = await readInProcess(await pdf.save());
  const scale = answer.page.width / page.width;
  const figures = answer.page.blocks.filter(({ type }) => type === "figure");
  expect(figures).toHaveLength(1);
  for (const [side, value] of place.entries())
    expect(Math.abs((figures[0]?.bbox[side] ?? 0) - value * scale)).toBeLessThan(20 * scale);
  expect(pageMarkdown(answer.page)).toContain("<!-- figure");
});
