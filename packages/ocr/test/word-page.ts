// The tree of a made-up page, for suites and stubs that need one and do not care what is on it.
import type { Page } from "@legible/shared/document";

/** A page of one word, "word" and its number. */
export function wordPage(number: number): Page {
  const bbox: [number, number, number, number] = [10, 10, 90, 30];
  const word = { id: `p${number}w1`, text: `word${number}`, bbox, confidence: 90 };
  return {
    number,
    width: 100,
    height: 100,
    unit: "px",
    dpi: 100,
    source: "ocr",
    rotation: 0,
    rotationConfidence: null,
    deskewDegrees: 0,
    confidence: 90,
    error: null,
    blocks: [
      {
        id: `p${number}b1`,
        type: "paragraph",
        bbox,
        confidence: 90,
        lines: [{ bbox, baseline: [10, 28, 90, 28], words: [word] }],
      },
    ],
  };
}
