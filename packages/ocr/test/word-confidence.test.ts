// Confidence as the chance that a word is right.
import type { Block, Page } from "@legible/shared/document";
import { expect, test } from "vitest";
import { withWordConfidence, wordConfidence } from "../src/pipeline/word-confidence.ts";

const bbox: [number, number, number, number] = [0, 0, 9, 9];
const evidence = { text: "word", word: 90, line: 90, page: 90 };

function makeBlock(words: [string, number][], more: Partial<Block> = {}): Block {
  const made = words.map(([text, confidence], index) => ({ id: `p1w${index}`, text, bbox, confidence }));
  return {
    id: "p1b1",
    type: "paragraph",
    bbox,
    confidence: 1,
    lines: [{ bbox, baseline: bbox, words: made }],
    ...more,
  };
}

function makePage(source: "ocr" | "text", blocks: Block[]): Page {
  const turned = { rotation: 0 as const, rotationConfidence: 77, deskewDegrees: 0 };
  return {
    number: 1,
    width: 9,
    height: 9,
    unit: "px",
    dpi: 300,
    source,
    ...turned,
    confidence: 1,
    error: null,
    blocks,
  };
}

const confidences = (page: Page) =>
  page.blocks.flatMap(({ lines }) => lines.flatMap(({ words }) => words.map((word) => word.confidence)));

test.each(["word", "line", "page"] as const)(
  "the surer the engine is of the %s, the likelier the word is right",
  (of) => {
    const chances = Array.from({ length: 101 }, (_, confidence) => wordConfidence({ ...evidence, [of]: confidence }));
    for (const [index, chance] of chances.entries()) {
      expect(chance).toBeGreaterThanOrEqual(chances[index - 1] ?? 0);
      expect(chance).toBeLessThanOrEqual(100);
    }
    expect(chances[97]).toBeGreaterThan((chances[50] ?? 0) + 1);
  },
);

test("a word of clean print is sure; one that the engine half believes is not, nor a sure one on a page of garbage", () => {
  expect(wordConfidence({ ...evidence, word: 96, line: 96, page: 95 })).toBeGreaterThan(98);
  expect(wordConfidence({ ...evidence, word: 50, line: 85 })).toBeLessThan(85);
  expect(wordConfidence({ ...evidence, line: 60, page: 40 })).toBeLessThan(70);
});

test("figures and East Asian words, in which errors do not show, are believed less", () => {
  for (const text of ["1,204.50", "文件"])
    expect(wordConfidence({ ...evidence, text })).toBeLessThan(wordConfidence(evidence));
});

test("recognised words get chances, and block and page their means; the way up keeps its own figure", () => {
  const page = withWordConfidence(
    makePage("ocr", [
      makeBlock([
        ["clean", 96],
        ["dirty", 40],
      ]),
    ]),
  );
  const [clean = 0, dirty = 0] = confidences(page);
  expect(clean).toBeGreaterThan(dirty);
  expect(page.confidence).toBeCloseTo((clean + dirty) / 2, 0);
  expect(page.blocks[0]?.confidence).toBe(page.confidence);
  expect(page.rotationConfidence).toBe(77);
});

test("on a page that keeps its text only the words read in pictures get chances", () => {
  const text = makeBlock([["kept", 100]]);
  const page = withWordConfidence(makePage("text", [text, makeBlock([["read", 60]], { source: "ocr" })]));
  expect(page.blocks[0]).toBe(text);
  expect(confidences(page)[1]).not.toBe(60);
});
