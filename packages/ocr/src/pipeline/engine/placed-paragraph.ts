// Words read from a part of a page, or from a scaled copy of it, put back where they stand.
import type { Box } from "@legible/shared/document";
import type { RecognisedParagraph } from "./engine.ts";

/** The paragraph with every box, and every baseline, as `place` puts it. */
export function placedParagraph({ lines }: RecognisedParagraph, place: (box: Box) => Box): RecognisedParagraph {
  return {
    lines: lines.map((line) => ({
      ...line,
      bbox: place(line.bbox),
      baseline: place(line.baseline),
      words: line.words.map((word) => ({ ...word, bbox: place(word.bbox) })),
    })),
  };
}
