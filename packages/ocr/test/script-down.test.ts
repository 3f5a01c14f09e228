import type { Box } from "@legible/shared/document";
import { expect, test } from "vitest";
import type { Engine, RecognisedLine, RecogniseOptions } from "../src/pipeline/engine/engine.ts";
import { layOutDown } from "../src/pipeline/layout/lay-out-down.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { recogniseScripts } from "../src/pipeline/script/recognise-scripts.ts";
import { never } from "./make-pool.ts";

const text = "元来日本語は漢文に倣い文字を上から下へまた行を右から左へと進めて表記を行っていた";
const size = 30;

/** Squares of `size` px, `across` px apart in a row and `down` px apart in a column, and what an engine reads there row by row. */
function grid(across: number, down: number): { page: Raster; rows: RecognisedLine[] } {
  const page: Raster = { width: 600, height: 600, grey: new Uint8Array(600 * 600).fill(255) };
  const rows: RecognisedLine[] = [];
  for (let top = 20; top + size < 590; top += down) {
    const words = [];
    for (let left = 20; left + size < 590; left += across) {
      // Not a full square: strokes give more ends of ink.
      for (let row = top; row < top + size; row += 6) {
        for (const y of [row, row + 1, row + 2]) page.grey.fill(0, y * 600 + left, y * 600 + left + size);
      }
      words.push({
        text: text[words.length] ?? "々",
        bbox: [left, top, left + size, top + size] as Box,
        confidence: 92,
      });
    }
    const box: Box = [20, top, 590, top + size];
    rows.push({ bbox: box, baseline: [20, top + size, 590, top + size], words });
  }
  return { page, rows };
}

function readGrid(across: number, down: number, installed: string[]) {
  const { page, rows } = grid(across, down);
  const asked: RecogniseOptions[] = [];
  const column: RecognisedLine = {
    bbox: [500, 20, 530, 560],
    baseline: [500, 20, 500, 560],
    words: [{ text: text.repeat(6), bbox: [500, 20, 530, 560], confidence: 90 }],
  };
  const engine: Engine = {
    async recognise(_raster, options) {
      asked.push(options);
      return [{ lines: options.lines === "down" ? [column] : rows }];
    },
    installed: async () => installed,
    close: async () => undefined,
  };
  const read = recogniseScripts(engine, page, { languages: ["jpn"], dpi: undefined }, never);
  return read.then((paragraphs) => ({ lines: paragraphs.flatMap(({ lines }) => lines), asked }));
}

test("characters that stand closer in columns than in rows are read by the vertical model", async () => {
  const { lines, asked } = await readGrid(80, 34, ["jpn", "jpn_vert"]);
  expect(asked.map(({ languages, lines: way }) => [languages[0], way])).toEqual([
    ["jpn", undefined],
    ["jpn_vert", "down"],
  ]);
  expect(lines.map(({ down }) => down)).toEqual([true]);
});

test("rows are never read down, and a missing vertical model is no failure", async () => {
  expect((await readGrid(34, 80, ["jpn", "jpn_vert"])).asked).toHaveLength(1);
  const { lines, asked } = await readGrid(80, 34, ["jpn"]);
  expect(asked).toHaveLength(1);
  expect(lines[0]?.down).toBeUndefined();
});

function column(right: number, top: number, bottom: number, width: number, words: string): RecognisedLine {
  const bbox: Box = [right - width, top, right, bottom];
  return {
    bbox,
    baseline: [bbox[0], top, bbox[0], bottom],
    words: [{ text: words, bbox, confidence: 90 }],
    down: true,
  };
}

test("columns go from right to left, a wide one is the heading, and a short or indented one ends a paragraph", () => {
  const blocks = layOutDown([
    column(300, 100, 900, 40, "後來鐵路改道車站關了門只剩下月台上那口老鐘每"),
    column(600, 100, 400, 70, "港邊舊事"),
    column(500, 100, 900, 40, "那年的雨下得特別久碼頭上的木箱都長了青苔父親"),
    column(400, 100, 500, 40, "裝的是帳本算盤"),
    column(200, 140, 700, 40, "有人說記憶靠不住可是我"),
  ]);
  expect(
    blocks.map(({ type, level, lines }) => [type, level, lines.map(({ words }) => words[0]?.text[0]).join("")]),
  ).toEqual([
    ["heading", 1, "港"],
    ["paragraph", undefined, "那裝"],
    ["paragraph", undefined, "後"],
    ["paragraph", undefined, "有"],
  ]);
});
