import { expect, test } from "vitest";
import type { RecognisedParagraph } from "../src/pipeline/engine/engine.ts";
import { readUnread } from "../src/pipeline/prepare/read-unread.ts";
import { unreadRegions } from "../src/pipeline/prepare/unread-regions.ts";
import type { Raster } from "../src/pipeline/raster.ts";

const size = 10;
/** Columns of letters: boxes of 7 × 10 px, 2 px apart, in rows of 15 px. */
const columns = [
  { left: 20, top: 60 },
  { left: 220, top: 60 },
  { left: 420, top: 60 },
];
const perRow = 18;
const rows = 20;

function crowdedPage(): Raster {
  const page = { width: 640, height: 400, grey: new Uint8Array(640 * 400).fill(255) };
  for (const { left, top } of columns)
    for (let row = 0; row < rows; row++)
      for (let letter = 0; letter < perRow; letter++) drawBox(page, left + letter * 9, top + row * 15);
  return page;
}

function drawBox({ width, grey }: Raster, x: number, y: number): void {
  for (let row = y; row < y + size; row++) grey.fill(60, row * width + x, row * width + x + 7);
}

function paragraph(text: string, bbox: [number, number, number, number], confidence: number): RecognisedParagraph {
  return { lines: [{ bbox, baseline: [bbox[0], bbox[3], bbox[2], bbox[3]], words: [{ text, bbox, confidence }] }] };
}

const whole = { width: perRow * 9 - 2, height: (rows - 1) * 15 + size };

test("columns that no word covers are found one by one", () => {
  const found = unreadRegions(crowdedPage(), []).sort((a, b) => a[0] - b[0]);
  expect(found).toEqual(columns.map(({ left, top }) => [left, top, left + whole.width, top + whole.height]));
});

test("nothing is looked for on a page whose letters are covered by words", () => {
  expect(unreadRegions(crowdedPage(), [[0, 0, 640, 400]])).toEqual([]);
});

test("a column that was read is left alone", () => {
  const found = unreadRegions(crowdedPage(), [[210, 0, 400, 400]]).map(([left]) => left);
  expect(found.sort((a, b) => a - b)).toEqual([20, 420]);
});

test("a column is read by itself, and its words come back where they stand on the page", async () => {
  const page = crowdedPage();
  const seen: [number, number][] = [];
  const read = await readUnread([], page, async (part, segmentation) => {
    expect(segmentation).toBe("block");
    seen.push([part.width, part.height]);
    return [paragraph("column", [12, 12, 72, 22], 90)];
  });
  expect(seen).toEqual(columns.map(() => [whole.width + 24, whole.height + 24]));
  const words = read.flatMap(({ lines }) => lines.flatMap((line) => line.words));
  expect(words.map(({ bbox }) => bbox).sort((a, b) => a[0] - b[0])).toEqual(
    columns.map(({ left, top }) => [left, top, left + 60, top + 10]),
  );
});

test("a picture, which reads as nothing in particular, adds no words, and doubtful words of a column give way to its own", async () => {
  const doubtful = [paragraph("d0ubt", [20, 60, 80, 70], 30)];
  const pictures = await readUnread(doubtful, crowdedPage(), async () => [paragraph("x", [12, 12, 22, 22], 25)]);
  expect(pictures).toEqual(doubtful);
  const print = await readUnread(doubtful, crowdedPage(), async () => [paragraph("sure", [12, 12, 72, 22], 95)]);
  const texts = print.flatMap(({ lines }) => lines.flatMap((line) => line.words.map(({ text }) => text)));
  expect(texts).toEqual(["sure", "sure", "sure"]);
});
