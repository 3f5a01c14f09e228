// From tesseract.js's tree to the neutral one: only what the renderers need, in the engine's reading order.
import type { Box } from "@legible/shared/document";
import type { Bbox, Block, Line } from "tesseract.js";
import type { RecognisedLine, RecognisedParagraph } from "./engine.ts";

/** The paragraphs of all blocks, without those that hold no word. */
export function toParagraphs(blocks: Block[]): RecognisedParagraph[] {
  return blocks
    .flatMap((block) => block.paragraphs)
    .map((paragraph) => ({ lines: paragraph.lines.map(toLine).filter((line) => line.words.length > 0) }))
    .filter((paragraph) => paragraph.lines.length > 0);
}

function toLine(line: Line): RecognisedLine {
  const { x0, y0, x1, y1 } = line.baseline;
  return {
    bbox: toBox(line.bbox),
    baseline: [x0, y0, x1, y1],
    words: line.words
      .map((word) => ({ text: word.text, bbox: toBox(word.bbox), confidence: word.confidence }))
      .filter((word) => word.text.trim() !== ""),
  };
}

function toBox({ x0, y0, x1, y1 }: Bbox): Box {
  return [x0, y0, x1, y1];
}
