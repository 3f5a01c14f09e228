import { expect, test } from "vitest";
import { letterSize } from "../src/pipeline/layout/letter-size.ts";
import { measureLines } from "../src/pipeline/layout/picture-lines.ts";
import { readingRegions } from "../src/pipeline/layout/reading-order.ts";
import { strokeWidth } from "../src/pipeline/layout/stroke-width.ts";
import { withoutRules } from "../src/pipeline/layout/without-rules.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { makeLine, makeLines, prose } from "./layout-lines.ts";

const textOf = (lines: ReturnType<typeof makeLines>) =>
  lines.map((line) => line.words.map((word) => word.text).join(" "));

test("lines that go over a gutter are cut there, the left column is read first, the title before both", () => {
  const left = [...prose, ...prose].map((line) => line.slice(0, 44).trim());
  const right = [...prose, ...prose].map((line) => line.slice(10, 54).trim());
  const across = left.map((line, index) => `${line.padEnd(48)}${right[index]}`);
  const title = makeLine("A title that stands over both of the columns of this page here", 300, 40);
  expect(textOf(readingRegions([title, ...makeLines(across, 100, 160)]).flat())).toEqual([
    ...textOf([title]),
    ...left,
    ...right,
  ]);
});

test("a table is not cut into columns of text", () => {
  const rows = Array.from({ length: 9 }, (_, index) => `Roof ${index}        19${index}4       1,22${index}`);
  const lines = makeLines(rows, 100, 100);
  expect(readingRegions(lines)).toEqual([lines]);
});

test("words without tall letters tell the same size as words with them", () => {
  const line = (text: string, top: number, bottom: number) => ({
    bbox: [0, top, 100, bottom] as [number, number, number, number],
    baseline: [0, 100, 100, 100] as [number, number, number, number],
    words: [{ text, bbox: [0, top, 100, bottom] as [number, number, number, number], confidence: 90 }],
  });
  // The x-height is half the size of 100, ascenders rise by 21 more, descenders hang 20 below the line.
  for (const [text, top, bottom] of [
    ["noun", 50, 100],
    ["build", 29, 100],
    ["pony", 50, 120],
    ["paid by", 29, 120],
  ] as const) {
    expect(letterSize(line(text, top, bottom))).toBeCloseTo(100, 0);
  }
});

test("a line of marks tells no size, and takes the usual one", () => {
  const lines = [...makeLines(prose, 100, 100), makeLine("-".repeat(30), 100, 400)];
  const measured = measureLines(lines, undefined);
  expect(measured.at(-1)?.size).toBeCloseTo(measured[0]?.size ?? 0, 5);
});

test("Chinese type is as large as its characters are apart, whatever the boxes' height", () => {
  const word = { text: "文件數位化", bbox: [0, 0, 244, 80] as [number, number, number, number], confidence: 90 };
  expect(letterSize({ bbox: word.bbox, baseline: word.bbox, words: [word] })).toBeCloseTo(50, 0);
});

function drawn(width: number, height: number, dark: (x: number, y: number) => boolean): Raster {
  const grey = new Uint8Array(width * height).fill(250);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (dark(x, y)) grey[y * width + x] = 30;
  return { width, height, grey };
}

test("strokes are as wide as they are drawn", () => {
  for (const width of [3, 6]) {
    const raster = drawn(120, 40, (x, y) => x % 20 < width && y > 5 && y < 35);
    expect(strokeWidth(raster, [0, 0, 120, 40])).toBeCloseTo(width, 0);
  }
});

test("long thin runs are taken out, letters and dark areas stay; without rules the picture is the same object", () => {
  const letters = (x: number, y: number) => x % 40 < 4 && y % 60 > 30 && y % 60 < 55;
  const area = (x: number, y: number) => x > 300 && x < 380 && y > 300 && y < 380;
  const rule = (x: number, y: number) => (y === 120 && x > 20 && x < 380) || (x === 210 && y > 120 && y < 260);
  const plain = drawn(400, 400, (x, y) => letters(x, y) || area(x, y));
  expect(withoutRules(plain).raster).toBe(plain);
  const ruled = drawn(400, 400, (x, y) => letters(x, y) || area(x, y) || rule(x, y));
  expect(withoutRules(ruled).raster.grey).toEqual(plain.grey);
});
