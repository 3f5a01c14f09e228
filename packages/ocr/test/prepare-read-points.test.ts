import type { Box } from "@legible/shared/document";
import { expect, test } from "vitest";
import type { RecognisedParagraph, RecognisedWord } from "../src/pipeline/engine/engine.ts";
import { wordsOf } from "../src/pipeline/engine/words-of.ts";
import { withPoints } from "../src/pipeline/prepare/read-points.ts";
import type { Raster } from "../src/pipeline/raster.ts";

/** White paper with a black box for each word. */
function paper(words: readonly RecognisedWord[], width = 400, height = 400): Raster {
  const grey = new Uint8Array(width * height).fill(255);
  for (const { bbox } of words) {
    for (let y = bbox[1]; y < bbox[3]; y++) grey.fill(0, y * width + bbox[0], y * width + bbox[2]);
  }
  return { width, height, grey };
}

/** A column of figures, 16 px high, one below the other. */
const column = (texts: readonly string[], x = 100): RecognisedWord[] =>
  texts.map((text, index) => {
    const top = 20 + index * 40;
    return { text, bbox: [x, top, x + text.length * 10, top + 16] as Box, confidence: 95 };
  });

const page = (words: readonly RecognisedWord[]): RecognisedParagraph[] => [
  { lines: words.map((word) => ({ words: [word], bbox: word.bbox, baseline: word.bbox })) },
];

/** An engine that reads the rows of black on a sheet as `texts`, one after the other. */
function sheetReader(texts: readonly string[]) {
  const sheets: Raster[] = [];
  return {
    sheets,
    read: async (sheet: Raster): Promise<RecognisedParagraph[]> => {
      sheets.push(sheet);
      const rows: Box[] = [];
      for (let y = 0; y < sheet.height; y++) {
        const pixels = sheet.grey.subarray(y * sheet.width, (y + 1) * sheet.width);
        const left = pixels.findIndex((value) => value < 40);
        if (left < 0) continue;
        const last = rows.at(-1);
        if (last?.[3] === y) last[3] = y + 1;
        else rows.push([left, y, pixels.findLastIndex((value) => value < 40) + 1, y + 1]);
      }
      return page(rows.map((bbox, index) => ({ text: texts[index] ?? "", bbox, confidence: 90 })));
    },
  };
}

async function textsAfter(words: readonly RecognisedWord[], { read }: ReturnType<typeof sheetReader>) {
  return wordsOf(await withPoints(page(words), paper(words), read)).map(({ text }) => text);
}

test("a figure without the point of its column takes it, when it reads with one enlarged", async () => {
  const reader = sheetReader(["5.5"]);
  expect(await textsAfter(column(["1.3", "55", "8.2", "4.1"]), reader)).toEqual(["1.3", "5.5", "8.2", "4.1"]);
  const [sheet] = reader.sheets;
  expect(reader.sheets).toHaveLength(1);
  expect(Math.max(...rowsOf(sheet as Raster))).toBeGreaterThan(30);
});

test("a point read as a colon becomes the one that the column has", async () => {
  const commas = column(["11,30", "1555", "18,20", "24,10"]);
  expect(await textsAfter(commas, sheetReader(["15:55"]))).toEqual(["11,30", "15,55", "18,20", "24,10"]);
});

test("a figure that reads without a point, with other digits, or with a point elsewhere stays as it is", async () => {
  const texts = ["1.3", "255", "8.2", "4.1"];
  for (const again of ["255", "25.6", "2.55", "2.5.5", ""])
    expect(await textsAfter(column(texts), sheetReader([again]))).toEqual(texts);
});

test("whole figures among whole ones, few with a point or with points in several places are not read again", async () => {
  for (const texts of [
    ["13", "55", "82", "41"],
    ["1.3", "55", "8.2", "41"],
    ["1.3", "55", "8.21", "4.1", "7.2"],
  ]) {
    const reader = sheetReader(["5.5", "4.1"]);
    expect(await textsAfter(column(texts), reader)).toEqual(texts);
    expect(reader.sheets).toEqual([]);
  }
  const beside = sheetReader(["5.5"]);
  const words = [...column(["1.3", "8.2", "4.1"]), ...column(["55"], 200)];
  expect(await textsAfter(words, beside)).toEqual(["1.3", "8.2", "4.1", "55"]);
  expect(beside.sheets).toEqual([]);
});

/** Heights of the black rows of a sheet, px. */
function rowsOf({ width, height, grey }: Raster): number[] {
  const heights: number[] = [];
  let run = 0;
  for (let y = 0; y <= height; y++) {
    if (y < height && grey.subarray(y * width, (y + 1) * width).some((value) => value < 40)) run++;
    else {
      if (run > 0) heights.push(run);
      run = 0;
    }
  }
  return heights;
}
