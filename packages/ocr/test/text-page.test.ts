import { beforeAll, expect, test } from "vitest";
import { joinCjkWords } from "../src/pipeline/cjk.ts";
import { imageDpi } from "../src/pipeline/image/image-dpi.ts";
import { toBlocks } from "../src/pipeline/page-tree.ts";
import { findInk } from "../src/pipeline/raster.ts";
import type { SandboxPool } from "../src/sandbox/pool.ts";
import { makePool, readDocument, textOf } from "./make-pool.ts";
import { drawnPdf, rawPdf, textPdf } from "./make-scan.ts";

let pool: SandboxPool;
beforeAll(async () => {
  pool = await makePool();
});

const lines = (...texts: string[]) => texts.map((text, index) => ({ text, y: 130 - index * 17 }));

test("a page of real text keeps it: headings, paragraphs, words with boxes as displayed", async () => {
  const pdf = await textPdf([
    [
      { text: "A clear heading", y: 170, size: 22 },
      ...lines("The first paragraph has", "two lines of text."),
      { text: "The second stands apart.", y: 60 },
    ],
  ]);
  const { plan, pages } = await readDocument(pool, pdf);
  expect(plan.pages).toMatchObject([{ index: 0, decision: "text" }]);
  const page = pages[0]?.page;
  expect(page?.blocks.map((block) => [block.id, block.type, block.level, block.lines.length])).toEqual([
    ["p1b1", "heading", 1, 1],
    ["p1b2", "paragraph", undefined, 2],
    ["p1b3", "paragraph", undefined, 1],
  ]);
  expect(page).toMatchObject({ source: "text", dpi: 300, width: 1667, height: 833, confidence: 100 });
  const word = page?.blocks[0]?.lines[0]?.words[0];
  expect(word).toMatchObject({ id: "p1w1", text: "A", confidence: 100 });
  // Drawn at x = 30 pt; the letter stands on y = 170 pt of 200.
  expect(word?.bbox[0]).toBeGreaterThan(124);
  expect(word?.bbox[0]).toBeLessThan(130);
  expect(word?.bbox[3]).toBeCloseTo(125, 0);
});

test.each([
  [90, 400, 200],
  [180, 200, 400],
  [270, 400, 200],
])("a page turned by /Rotate %i is read as displayed", async (rotate, width, height) => {
  // Text written so that the rotation makes it upright, near the top left corner as displayed.
  const matrix = { 90: "0 1 -1 0 40 20", 180: "-1 0 0 -1 180 40", 270: "0 -1 1 0 160 380" }[rotate];
  const content = `BT /F1 12 Tf ${matrix} Tm (Turned pages stand upright) Tj ET`;
  const pdf = rawPdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 400] /Rotate ${rotate} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ]);
  for (const mode of ["auto", "force"] as const) {
    const [read] = (await readDocument(pool, pdf, { mode })).pages;
    expect(read && textOf(read)).toBe("Turned pages stand upright");
    expect(read?.page).toMatchObject({
      source: mode === "auto" ? "text" : "ocr",
      width: Math.round((width * 300) / 72),
      height: Math.round((height * 300) / 72),
    });
    const [x0 = 0, y0 = 0] = read?.page.blocks[0]?.bbox ?? [];
    expect(x0).toBeGreaterThan(75);
    expect(x0).toBeLessThan(95);
    expect(y0).toBeGreaterThan(100);
    expect(y0).toBeLessThan(180);
  }
});

test("words of the text and of the picture of one page lie in the same places", async () => {
  const pdf = await textPdf([lines("Coordinates agree between both ways")]);
  const [kept] = (await readDocument(pool, pdf)).pages;
  const [seen] = (await readDocument(pool, pdf, { mode: "force" })).pages;
  expect(seen && textOf(seen)).toBe(kept && textOf(kept));
  const boxes = [kept, seen].map((read) =>
    read?.page.blocks.flatMap((block) => block.lines.flatMap((line) => line.words)),
  );
  for (const [index, word] of (boxes[0] ?? []).entries()) {
    for (const [side, value] of word.bbox.entries()) {
      expect(Math.abs(value - (boxes[1]?.[index]?.bbox[side] ?? 0))).toBeLessThan(8);
    }
  }
});

test("an empty page is blank; a page of white paint is found blank when it is read", async () => {
  const { plan, pages } = await readDocument(pool, drawnPdf(["", "1 g 0 0 200 200 re f"]));
  expect(plan.pages.map((page) => page.decision)).toEqual(["blank", "ocr"]);
  expect(pages.map(({ page, engineMs }) => [page.source, page.confidence, engineMs])).toEqual([
    ["blank", null, 0],
    ["blank", null, 0],
  ]);
});

test("a page larger than 25 megapixels at 300 dpi is read at a lower resolution", async () => {
  const { pages } = await readDocument(
    pool,
    await textPdf([[{ text: "A poster", y: 3000, size: 400 }]], [4000, 4000]),
    {
      mode: "force",
    },
  );
  expect(pages.map(textOf)).toEqual(["A poster"]);
  expect(pages[0]?.page.dpi).toBeCloseTo(90, 0);
});

test("Chinese and Japanese neighbours become runs; Latin words, Korean and wide gaps stay apart", () => {
  const row = (...words: [string, number, number][]) =>
    words.map(([text, from, to]) => ({
      text,
      bbox: [from, 0, to, 30] as [number, number, number, number],
      confidence: 90,
    }));
  const joined = (...words: [string, number, number][]) => joinCjkWords(row(...words)).map((word) => word.text);
  expect(joined(["觀", 0, 30], ["自在", 32, 92], ["，", 95, 105], ["PDF", 110, 160], ["文", 165, 195])).toEqual([
    "觀自在，",
    "PDF",
    "文",
  ]);
  expect(joined(["カ", 0, 30], ["メラ", 35, 90], ["です", 300, 360])).toEqual(["カメラ", "です"]);
  expect(joined(["한국", 0, 60], ["사람", 70, 130])).toEqual(["한국", "사람"]);
  const [run] = joinCjkWords([
    { text: "一", bbox: [0, 5, 30, 30], confidence: 60 },
    { text: "二三", bbox: [32, 0, 92, 28], confidence: 90 },
  ]);
  expect(run).toEqual({ text: "一二三", bbox: [0, 0, 92, 30], confidence: 80 });
});

test("words are scrubbed, boxes stay inside the page, and empty words leave no block", () => {
  const word = (text: string) => ({
    text,
    bbox: [-5, -5, 2000, 40] as [number, number, number, number],
    confidence: 120,
  });
  const line = (...words: string[]) => ({ bbox: word("").bbox, baseline: word("").bbox, words: words.map(word) });
  const space = { number: 7, width: 100, height: 50, scaleX: 0.5, scaleY: 0.5 };
  const drafts = [
    { type: "paragraph" as const, lines: [line("\u0000", " ")] },
    { type: "paragraph" as const, lines: [line("a\u0000b\ud800", "c")] },
  ];
  const blocks = toBlocks(drafts, space);
  expect(blocks).toHaveLength(1);
  expect(blocks[0]).toMatchObject({ id: "p7b1", confidence: 100, bbox: [0, 0, 100, 20] });
  expect(blocks[0]?.lines[0]?.words.map(({ id, text }) => [id, text])).toEqual([
    ["p7w1", "ab\ufffd"],
    ["p7w2", "c"],
  ]);
});

test("the resolution of an image is believed when it makes sense, and taken from A4 otherwise", () => {
  expect(imageDpi(2480, 3508, 300)).toEqual({ dpi: 300, known: true });
  expect(imageDpi(2480, 3508, 72)).toEqual({ dpi: 300, known: false });
  expect(imageDpi(1240, 1754, 1)).toEqual({ dpi: 150, known: false });
  expect(imageDpi(640, 480, undefined)).toEqual({ dpi: 96, known: false });
  expect(imageDpi(20_000, 9_000, undefined)).toEqual({ dpi: 600, known: false });
});

test("ink is told from dust, pale print and black sheets", () => {
  const sheet = (paper: number, ink: number, inked: number) => {
    const grey = new Uint8Array(1_000_000).fill(paper);
    return findInk({ width: 1000, height: 1000, grey: grey.fill(ink, 0, inked) });
  };
  expect(sheet(255, 0, 0)).toBe("blank");
  expect(sheet(255, 0, 10)).toBe("blank");
  expect(sheet(255, 0, 500)).toBe("dark");
  expect(sheet(250, 190, 5000)).toBe("dark");
  expect(sheet(10, 250, 50_000)).toBe("light");
  expect(sheet(0, 0, 0)).toBe("blank");
});
