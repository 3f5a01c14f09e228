import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@legible/shared/document";
import type { OcrMode } from "@legible/shared/options";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { afterAll, expect, test } from "vitest";
import type { Engine } from "../src/pipeline/engine/engine.ts";
import { openPdf } from "../src/pipeline/pdf/pdf-file.ts";
import { readPage } from "../src/pipeline/read-page.ts";
import { makeScan, picture } from "./make-scan.ts";
import { assembleIn, cleanUp, makeFolder, placedWords, treeWords } from "./render-trees.ts";

afterAll(cleanUp);

const never = new AbortController().signal;
const print = "Seven words of print in the picture and some more of them";

/** A page of 400 × 300 pt: a line of text above and below a picture of 333 × 167 px in `place`, with `over` written on it. */
async function pdfWithPicture(over = ""): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  const image = await pdf.embedPng(
    await picture(await makeScan())
      .png()
      .toBuffer(),
  );
  const page = pdf.addPage([400, 300]);
  page.drawImage(image, { x: 40, y: 100, width: 320, height: 100 });
  page.drawText("A first line of the page in type", { x: 40, y: 250, size: 14, font });
  page.drawText(over, { x: 50, y: 150, size: 14, font });
  page.drawText("A last line of the page in type", { x: 40, y: 50, size: 14, font });
  return pdf.save();
}

/** An engine that finds one line of these words in any raster. */
function engineFinding(text: string, confidence: number): Engine & { calls: number } {
  const words = text.split(" ").map((word, index) => ({
    text: word,
    bbox: [40 + index * 80, 100, 100 + index * 80, 140] as [number, number, number, number],
    confidence,
  }));
  const line = { words, bbox: [40, 100, 40 + words.length * 80, 140] as [number, number, number, number] };
  const engine = {
    calls: 0,
    recognise: async () => {
      engine.calls += 1;
      return [{ lines: [{ ...line, baseline: [40, 132, line.bbox[2], 132] as [number, number, number, number] }] }];
    },
    installed: async () => ["eng"],
    close: async () => undefined,
  };
  return engine;
}

async function read(bytes: Uint8Array, engine: Engine, mode: OcrMode = "auto"): Promise<Page> {
  const path = join(await makeFolder(), "page.pdf");
  await writeFile(path, bytes);
  const file = await openPdf(path, undefined, 10);
  const request = {
    ...{ kind: "readPage" as const, file: { name: "page.pdf", mimeType: "application/pdf" as const } },
    ...{ index: 0, number: 1, decision: "text" as const, languages: ["eng"], mode, maxPixels: 100_000_000 },
    ...{ rotate: true, deskew: true },
  };
  const run = { engine, signal: never };
  try {
    return (await readPage(file, request, run)).page;
  } finally {
    file.close();
  }
}

const linesOf = (page: Page) =>
  page.blocks.flatMap((block) => block.lines.map((line) => line.words.map((word) => word.text).join(" ")));

test("print in a picture is read and put where the picture stands", async () => {
  const page = await read(await pdfWithPicture(), engineFinding(print, 90));
  expect(page.source).toBe("text");
  expect(linesOf(page)).toEqual(["A first line of the page in type", print, "A last line of the page in type"]);
  expect(page.blocks.map((block) => block.source)).toEqual([undefined, "ocr", undefined]);
  const ids = [...page.blocks, ...treeWords(page)].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  // The picture begins 40 pt from the left and 100 pt from the top, at 300 dpi.
  const [x0, y0] = page.blocks[1]?.lines[0]?.words[0]?.bbox ?? [0, 0];
  expect(x0).toBeCloseTo(40 + (40 * 300) / 72, -0.5);
  expect(y0).toBeCloseTo(100 + (100 * 300) / 72, -0.5);
});

test.each([
  ["doubtful words", engineFinding(print, 40)],
  ["a label", engineFinding("Sales 2019", 95)],
])("a picture with nothing but %s is left alone", async (_what, engine) => {
  const page = await read(await pdfWithPicture(), engine);
  expect(engine.calls).toBe(1);
  expect(page.blocks.every((block) => block.source === undefined)).toBe(true);
  expect(treeWords(page)).toHaveLength(16);
});

test("a picture behind text of the page is not read", async () => {
  const engine = engineFinding(print, 90);
  const page = await read(await pdfWithPicture("written over a picture, which is its background"), engine);
  expect(engine.calls).toBe(0);
  expect(linesOf(page)).toHaveLength(3);
});

test("pictures are not read when pages with text are to be skipped", async () => {
  const engine = engineFinding(print, 90);
  await read(await pdfWithPicture(), engine, "skip");
  expect(engine.calls).toBe(0);
});

test("the searchable PDF holds the page's own words once, and those of the picture", async () => {
  const bytes = await pdfWithPicture();
  const tree = await read(bytes, engineFinding(print, 90));
  const { pdfPath } = await assembleIn([{ bytes, mimeType: "application/pdf", pages: [{ tree, index: 0 }] }]);
  const words = (await placedWords(pdfPath)).map(({ text }) => text);
  expect(words.toSorted()).toEqual(
    treeWords(tree)
      .map(({ text }) => text)
      .toSorted(),
  );
});

test("an engine that fails fails the page", async () => {
  const failing = { ...engineFinding(print, 90), recognise: () => Promise.reject(new Error("broken")) };
  await expect(read(await pdfWithPicture(), failing)).rejects.toThrow("broken");
});
