import type { Block, Box } from "@legible/shared/document";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assembleIn, cleanUp, makeBlock, makePage, pageSize, placedWords, run, treeWords } from "./render-trees.ts";

afterAll(cleanUp);

let picture: Buffer;
beforeAll(async () => {
  const { width, height } = pageSize;
  picture = await sharp({ create: { width, height, channels: 3, background: "white" } })
    .png()
    .toBuffer();
});

/** Poppler's text of a page with these blocks, line by line, and where the words are. */
async function readBack(blocks: Block[]) {
  const page = makePage(1, blocks);
  const { pdfPath } = await assembleIn([{ bytes: picture, mimeType: "image/png", pages: [{ tree: page, index: 0 }] }]);
  const text = await run("pdftotext", pdfPath, "-");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return { page, lines, placed: await placedWords(pdfPath) };
}

/** Moves every word after the `index`th of each line to the right, px. */
function spread(block: Block, index: number, by: number): Block {
  for (const line of block.lines) {
    for (const word of line.words.slice(index + 1))
      word.bbox = [word.bbox[0] + by, word.bbox[1], word.bbox[2] + by, word.bbox[3]];
    line.bbox = [line.bbox[0], line.bbox[1], line.words.at(-1)?.bbox[2] ?? line.bbox[2], line.bbox[3]];
  }
  return block;
}

/** Lets the block's lines fall by `slope` px a px to the right. */
function skewed(block: Block, slope: number): Block {
  for (const line of block.lines) {
    const [x0, y0, x1, y1] = line.bbox;
    for (const word of line.words) {
      const fall = slope * ((word.bbox[0] + word.bbox[2]) / 2 - x0);
      word.bbox = [word.bbox[0], word.bbox[1] + fall, word.bbox[2], word.bbox[3] + fall];
    }
    const fall = slope * (x1 - x0);
    line.baseline = [x0, y0 + 28, x1, y0 + 28 + fall];
    line.bbox = [x0, Math.min(y0, y0 + fall), x1, Math.max(y1, y1 + fall)];
  }
  return block;
}

describe("lines of the text layer", () => {
  test("are read as lines where all of them have a wide gap at the same place", async () => {
    const rows = ["every line of this", "text has room in", "its middle as if", "there were two columns"];
    const { lines } = await readBack([spread(makeBlock("p1b1", 30, 40, rows), 1, 120)]);
    expect(lines).toEqual(rows);
  });

  test("are read from cell to cell in a row of a table", async () => {
    const left = makeBlock("p1b1", 40, 40, ["Pears", "Plums", "Figs"]);
    const right = makeBlock("p1b2", 560, 40, ["1,250 kg", "980 kg", "70 kg"]);
    const cells = [left, right].flatMap((block, column) =>
      block.lines.map((line, row) => ({
        ...{ row, column, rowSpan: 1, columnSpan: 1, text: "", bbox: line.bbox },
        wordIds: line.words.map((word) => word.id),
      })),
    );
    const table: Block = {
      ...left,
      type: "table",
      bbox: [40, 40, 700, 200],
      lines: [...left.lines, ...right.lines],
      table: { rows: 3, columns: 2, cells },
    };
    const { lines } = await readBack([table]);
    expect(lines).toEqual(["Pears 1,250 kg", "Plums 980 kg", "Figs 70 kg"]);
  });

  test.each([-0.04, -0.02, 0.02, 0.04])(
    "with a slope of %d are read in order, each word over its letters",
    async (slope) => {
      const rows = ["a page that lies askew", "in the scanner is read", "line by line all the same"];
      const { lines, placed, page } = await readBack([skewed(makeBlock("p1b1", 60, 100, rows), slope)]);
      expect(lines).toEqual(rows);
      const scale = 72 / pageSize.dpi;
      for (const word of treeWords(page)) {
        const [x0, y0, x1, y1] = word.bbox.map((value) => value * scale) as Box;
        const over = placed.find(
          ({ text, box }) => text === word.text && box[0] < (x0 + x1) / 2 && box[2] > (x0 + x1) / 2,
        );
        expect(over?.box[1]).toBeLessThan((y0 + y1) / 2);
        expect(over?.box[3]).toBeGreaterThan((y0 + y1) / 2);
      }
    },
  );

  test("of a single column hold no characters but their own", async () => {
    const blocks = [
      makeBlock("p1b1", 40, 40, ["a first paragraph"]),
      makeBlock("p1b2", 40, 300, ["and far below another"]),
    ];
    expect((await readBack(blocks)).lines).toEqual(["a first paragraph", "and far below another"]);
  });

  test("that rise by one and a half of their heights are read in order", async () => {
    const rows = ["this page lies so askew", "that its lines rise by one", "and a half of their heights"];
    const block = makeBlock("p1b1", 60, 100, rows);
    for (const [row, line] of block.lines.entries()) {
      const down = row * 20;
      line.bbox = [line.bbox[0], line.bbox[1] + down, line.bbox[2], line.bbox[3] + down];
      for (const { bbox } of line.words) [bbox[1], bbox[3]] = [bbox[1] + down, bbox[3] + down];
    }
    const wide = spread(spread(block, 0, 40), 2, 40);
    const slope = -58 / ((wide.lines[0]?.bbox[2] ?? 0) - (wide.lines[0]?.bbox[0] ?? 0));
    const { lines } = await readBack([skewed(wide, slope)]);
    const words = lines.map((line) => line.replaceAll("\u200b", "").trim());
    expect(words.filter((line) => line !== "")).toEqual(rows);
  });

  test("set a long Chinese word of a sloping line over its characters", async () => {
    const block = makeBlock("p1b1", 60, 100, ["會議室借用時間為上午八時至下午四時"]);
    const line = block.lines[0];
    const word = line?.words[0];
    if (line === undefined || word === undefined) throw new Error("The block has a line");
    const fall = 50;
    word.bbox = [60, 100, 660, 140 + fall];
    line.bbox = word.bbox;
    line.baseline = [60, 133, 660, 133 + fall];
    block.bbox = word.bbox;
    const { placed, lines } = await readBack([block]);
    expect(lines.join("").replace(/[\u200b\s]/gu, "")).toBe(word.text);
    const scale = 72 / pageSize.dpi;
    // Poppler gives one box around all parts: it reaches from the first character to the last.
    const over = placed.find(({ text }) => text === word.text);
    expect(over?.box[1]).toBeLessThan(120 * scale);
    expect(over?.box[3]).toBeGreaterThan((120 + fall) * scale);
  });

  test("stand where their letters do when a Chinese word with a Latin letter has a box too high", async () => {
    const block = makeBlock("p1b1", 60, 100, ["2 大小規格表A4 4 1,720 6,880"]);
    const line = block.lines[0];
    const mixed = line?.words[1];
    if (line === undefined || mixed === undefined) throw new Error("The line has words");
    // Wider than all words that stand on the line without reaching below it, and half a line too deep.
    mixed.bbox = [mixed.bbox[0], 100, mixed.bbox[2], 150];
    line.baseline = [line.bbox[0], 128, line.bbox[2], 128];
    const { placed } = await readBack([block]);
    const scale = 72 / pageSize.dpi;
    const figure = placed.find(({ text }) => text === "1,720");
    // A fifth of a size below its foot, which is at 136.
    expect(figure?.box[3]).toBeLessThan(152 * scale);
  });
});
