import { expect, test } from "vitest";
import type { Engine, RecognisedParagraph } from "../src/pipeline/engine/engine.ts";
import { recognisePage } from "../src/pipeline/prepare/recognise-page.ts";

const raster = { width: 4, height: 4, grey: new Uint8Array(16) };
const never = new AbortController().signal;
const saying = (text: string): RecognisedParagraph[] => [
  { lines: [{ bbox: [0, 0, 4, 4], baseline: [0, 4, 4, 4], words: [{ text, bbox: [0, 0, 4, 4], confidence: 90 }] }] },
];

function engineWith(page: RecognisedParagraph[], block: RecognisedParagraph[]): Engine & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    close: async () => undefined,
    installed: async () => ["eng"],
    async recognise(_raster, { segmentation }) {
      asked.push(segmentation ?? "block");
      return segmentation === "page" ? page : block;
    },
  };
}

test("a page is read once, its columns being found by the engine", async () => {
  const page = saying("Three columns");
  const engine = engineWith(page, []);
  expect(await recognisePage(engine, raster, { languages: ["eng"], dpi: 300 }, never)).toBe(page);
  expect(engine.asked).toEqual(["page"]);
});

test("a page on which the engine finds nothing is read as one block of text", async () => {
  const poster = saying("A poster");
  const engine = engineWith([], poster);
  expect(await recognisePage(engine, raster, { languages: ["eng"], dpi: undefined }, never)).toBe(poster);
  expect(engine.asked).toEqual(["page", "block"]);
});
