import { expect, test } from "vitest";
import { correctedPage, wordsOf } from "../src/render/corrected-page.ts";
import { countDoubtfulWords } from "../src/render/doubtful-words.ts";
import { wordPage } from "./word-page.ts";

const at = "2026-01-02T03:04:05.000Z";

function page() {
  const made = wordPage(1);
  const [block] = made.blocks;
  if (block === undefined) throw new Error("no block");
  const [line] = block.lines;
  const [word] = line?.words ?? [];
  if (line === undefined || word === undefined) throw new Error("no word");
  const second = { ...word, id: "p1w2", text: "tota1", confidence: 40 };
  const cell = { row: 0, column: 0, rowSpan: 1, columnSpan: 1, bbox: word.bbox };
  const table = { rows: 1, columns: 1, cells: [{ ...cell, text: "word1 tota1", wordIds: ["p1w1", "p1w2"] }] };
  return {
    ...made,
    blocks: [{ ...block, type: "table" as const, table, lines: [{ ...line, words: [word, second] }] }],
  };
}

test("a corrected word is certain, keeps its id and box, and what was read with it", () => {
  const after = correctedPage(page(), { wordId: "p1w2", text: "total", by: 7, at });
  expect(after && wordsOf(after)[1]).toEqual({
    id: "p1w2",
    text: "total",
    bbox: [10, 10, 90, 30],
    confidence: 100,
    original: { text: "tota1", confidence: 40, correctedAt: at, correctedBy: 7 },
  });
  expect(after && wordsOf(after)[0]).toEqual(wordsOf(page())[0]);
});

test("the table's cell, the confidences and the count of doubtful words follow", () => {
  const before = page();
  const after = correctedPage(before, { wordId: "p1w2", text: "total", by: 7, at });
  expect(after?.blocks[0]?.table?.cells[0]?.text).toBe("word1 total");
  expect(after?.confidence).toBe(95);
  expect(after?.blocks[0]?.confidence).toBe(95);
  expect([countDoubtfulWords(before), after && countDoubtfulWords(after)]).toEqual([1, 0]);
});

test("a second correction keeps the first reading", () => {
  const once = correctedPage(page(), { wordId: "p1w2", text: "totals", by: 7, at });
  const twice = once && correctedPage(once, { wordId: "p1w2", text: "total", by: 8, at });
  expect(twice && wordsOf(twice)[1]).toMatchObject({ text: "total", original: { text: "tota1", correctedBy: 8 } });
});

test("a word that is not on the page is not corrected", () => {
  expect(correctedPage(page(), { wordId: "p2w1", text: "x", by: 7, at })).toBeUndefined();
});
