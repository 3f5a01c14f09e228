import type { Box } from "@legible/shared/document";
import { expect, test } from "vitest";
import type { RecognisedLine, RecognisedParagraph } from "../src/pipeline/engine/engine.ts";
import { withMissed } from "../src/pipeline/prepare/read-missed.ts";
import type { Raster } from "../src/pipeline/raster.ts";

/** White paper with a black box for each letter. */
function paper(letters: readonly Box[], width = 600, height = 400): Raster {
  const grey = new Uint8Array(width * height).fill(255);
  for (const [x0, y0, x1, y1] of letters) {
    for (let y = y0; y < y1; y++) grey.fill(0, y * width + x0, y * width + x1);
  }
  return { width, height, grey };
}

/** Eight letters, 12 × 20 px, from `x` on. */
const word = (x: number, y: number): Box[] =>
  Array.from({ length: 8 }, (_, index) => [x + index * 15, y, x + index * 15 + 12, y + 20]);

const digit = (x: number, y: number): Box => [x, y, x + 12, y + 20];

/** A line of words that share its width. */
function line(text: string, bbox: Box, confidence = 95): RecognisedLine {
  const [x0, y0, x1, y1] = bbox;
  const texts = text.split(" ");
  const at = (index: number) => x0 + ((x1 - x0) * index) / texts.length;
  const words = texts.map((one, index) => ({
    text: one,
    bbox: [at(index), y0, at(index + 1), y1] as Box,
    confidence,
  }));
  return { bbox, baseline: [x0, y1, x1, y1], words };
}

const tops = [40, 100, 160, 220];
const said = "seven large brown crates";
const described = tops.map((top) => line(said, [100, top, 217, top + 20]));
const ink = tops.flatMap((top) => [...word(100, top), digit(500, top)]);

/** The sheet's rows are read as `texts`, one after the other. */
function sheetReader(texts: readonly string[], confidence = 95, again: readonly string[] = []) {
  const sheets: Raster[] = [];
  return {
    sheets,
    read: async (sheet: Raster): Promise<RecognisedParagraph[]> => {
      sheets.push(sheet);
      const rows: Box[] = [];
      for (let y = 0; y < sheet.height; y++) {
        const pixels = sheet.grey.subarray(y * sheet.width, (y + 1) * sheet.width);
        const last = rows.at(-1);
        if (!pixels.includes(0)) continue;
        if (last?.[3] === y) last[3] = y + 1;
        else rows.push([pixels.indexOf(0), y, pixels.lastIndexOf(0) + 1, y + 1]);
      }
      const [read, sure] = sheets.length === 1 ? [texts, confidence] : [again, 95];
      return [{ lines: rows.map((bbox, index) => line(read[index] ?? "", bbox, sure)) }];
    },
  };
}

const textsOf = (paragraphs: readonly RecognisedParagraph[]) =>
  paragraphs.flatMap(({ lines }) => lines.map(({ words }) => words.map(({ text }) => text).join(" ")));

test("a column of single figures that the engine left out is read, each figure where it stands", async () => {
  const { read, sheets } = sheetReader(["1", "2", "3", "4"]);
  const found = await withMissed([{ lines: described }], paper(ink), read);
  expect(textsOf(found)).toEqual([said, "1", said, "2", said, "3", said, "4"]);
  expect(found[0]?.lines[1]?.bbox).toEqual([500, 40, 512, 60]);
  expect(sheets).toHaveLength(1);
});

test("a page on which words cover all letters is not read again", async () => {
  const { read, sheets } = sheetReader([]);
  const page = [{ lines: described }];
  expect(await withMissed(page, paper(tops.flatMap((top) => word(100, top))), read)).toBe(page);
  expect(sheets).toEqual([]);
});

test("what is read with little confidence, single letters, marks and parts of Chinese characters are left out", async () => {
  const unsure = sheetReader(["1", "2", "3", "4"], 50);
  const marks = sheetReader(["o", "|", "工口", "–"]);
  for (const { read } of [unsure, marks])
    expect(textsOf(await withMissed([{ lines: described }], paper(ink), read))).toEqual(tops.map(() => said));
});

test("a figure that reads badly alone is read between two of its column, if those read as before", async () => {
  for (const [again, expected] of [
    ["213", ["1"]],
    ["273", ["7"]],
    ["218", []],
    ["2o3", []],
    ["23", []],
  ] as const) {
    const { read, sheets } = sheetReader(["i", "2", "3", "x"], 95, [again, "2x3"]);
    const found = await withMissed([{ lines: described }], paper(ink), read);
    expect(textsOf(found)).toEqual([said, ...expected, said, "2", said, "3", said]);
    expect(sheets).toHaveLength(2);
    if (expected.length > 0) expect(found[0]?.lines[1]?.bbox).toEqual([500, 40, 512, 60]);
  }
});

test("a figure that reads badly alone, in a column without others, stays out", async () => {
  const { read, sheets } = sheetReader(["i", "2", "x", "x"], 95, ["212", "212"]);
  expect(textsOf(await withMissed([{ lines: described }], paper(ink), read))).toEqual([said, said, "2", said, said]);
  expect(sheets).toHaveLength(1);
});

test("a column of figures that was taken for a line up the page is replaced by its figures", async () => {
  const upwards = line("WON OO", [495, 40, 517, 240], 40);
  const { read } = sheetReader(["1", "2", "3", "4"]);
  const found = await withMissed([{ lines: [...described, upwards] }], paper(ink), read);
  expect(textsOf(found)).toEqual([said, "1", said, "2", said, "3", said, "4"]);
});

test("a page that reads badly as a whole, or has more unread letters than rows of words, is left as it is", async () => {
  const { read, sheets } = sheetReader(["1", "2", "3", "4"]);
  const unsure = described.map((one) => line(said, one.bbox, 60));
  await withMissed([{ lines: unsure }], paper(ink), read);
  const drawing = tops.flatMap((top) => [300, 350, 400, 450].map((x) => digit(x, top)));
  await withMissed([{ lines: described }], paper([...ink, ...drawing]), read);
  expect(sheets).toEqual([]);
});

test("figures beside figures only, as at the axis of a chart, are left out", async () => {
  const { read, sheets } = sheetReader(["1", "2", "3", "4"]);
  const figures = described.map((one) => line("10 20 30 40", one.bbox));
  await withMissed([{ lines: figures }], paper(ink), read);
  expect(sheets).toEqual([]);
});

test("a line that was left out as a whole is read below the one above it, Chinese ones too", async () => {
  for (const text of ["third row", "第三行文字"]) {
    const { read } = sheetReader([text]);
    const others = described.filter((_, index) => index !== 2);
    const found = await withMissed([{ lines: others }], paper(tops.flatMap((top) => word(100, top))), read);
    expect(textsOf(found)).toEqual([said, said, text, said]);
  }
});

test("ink away from all rows, larger than letters, or beside a word whose box is too short is no missed word", async () => {
  const { read, sheets } = sheetReader(["1"]);
  const others: Box[] = [digit(500, 320), [480, 30, 580, 130], digit(220, 220)];
  await withMissed([{ lines: described }], paper([...tops.flatMap((top) => word(100, top)), ...others]), read);
  expect(sheets).toEqual([]);
});
