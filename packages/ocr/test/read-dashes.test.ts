import type { Box } from "@legible/shared/document";
import { describe, expect, test } from "vitest";
import type { RecognisedParagraph, RecognisedWord } from "../src/pipeline/engine/engine.ts";
import { wordsOf } from "../src/pipeline/engine/words-of.ts";
import { withDashes } from "../src/pipeline/prepare/read-dashes.ts";
import type { Raster } from "../src/pipeline/raster.ts";

const advance = 20;
const page = { width: 1000, height: 600 };

/** Words of a till: each letter is 20 px wide, with 2 px of white at either side. */
const typed = ["COFFEE", "SANDWICH", "WATER", "TOTAL", "CARD", "THANKS", "AGAIN"].map((text, row): RecognisedWord => {
  const top = 40 + row * 60;
  return { text, bbox: [52, top, 48 + text.length * advance, top + 24], confidence: 90 };
});
/** The same words in print: letters as wide as they are. */
const printed = typed.map((word, row) => {
  const [left, top, right, bottom] = word.bbox;
  return { ...word, bbox: [left, top, left + (right - left) * (row % 2 === 0 ? 0.8 : 1.15), bottom] as Box };
});

const paragraphs = (words: readonly RecognisedWord[]): RecognisedParagraph[] =>
  words.map((word) => ({ lines: [{ bbox: word.bbox, baseline: word.bbox, words: [word] }] }));

/** Black boxes on white paper. */
function drawn(boxes: readonly Box[]): Raster {
  const grey = new Uint8Array(page.width * page.height).fill(255);
  for (const [x0, y0, x1, y1] of boxes) {
    for (let y = y0; y < y1; y++) grey.fill(0, y * page.width + x0, y * page.width + x1);
  }
  return { ...page, grey };
}

/** `count` dashes at the places of letters, the first at 52 px. */
const dashes = (count: number, y: number, pitch = advance): Box[] =>
  Array.from({ length: count }, (_, index) => [52 + index * pitch, y, 64 + index * pitch, y + 3]);

const ink = typed.map(({ bbox }) => bbox);

describe("lines of typed dashes", () => {
  test("a line of dashes between typed lines is a word of as many hyphens, as high as the other words", () => {
    const found = wordsOf(withDashes(paragraphs(typed), drawn([...ink, ...dashes(30, 82)])));
    expect(found).toHaveLength(typed.length + 1);
    const last = found.at(-1);
    expect(last?.text).toBe("-".repeat(30));
    expect(last?.bbox.map(Math.round)).toEqual([52, 68, 644, 92]);
  });

  test("dashes that faint paper lost are counted by their places", () => {
    const some = dashes(30, 82).filter((_, index) => index % 5 !== 3);
    expect(wordsOf(withDashes(paragraphs(typed), drawn([...ink, ...some]))).at(-1)?.text).toBe("-".repeat(30));
  });

  test("a drawn line of dashes, which keeps no places of letters, is no text", () => {
    expect(wordsOf(withDashes(paragraphs(typed), drawn([...ink, ...dashes(30, 82, 27)])))).toHaveLength(typed.length);
  });

  test("on a page in print dashes are no text", () => {
    expect(wordsOf(withDashes(paragraphs(printed), drawn([...ink, ...dashes(30, 82)])))).toHaveLength(printed.length);
  });

  test("a few dashes are none, and what was read is not read twice", () => {
    const read: RecognisedWord = { text: "------------", bbox: [50, 510, 300, 534], confidence: 80 };
    const found = withDashes(paragraphs([...typed, read]), drawn([...ink, ...dashes(5, 82), ...dashes(12, 520)]));
    expect(wordsOf(found)).toHaveLength(typed.length + 1);
  });
});
