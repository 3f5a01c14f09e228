// Pieces of a page under each other on a sheet of their own, so that reading all of them again costs one call of the engine.
import type { Box } from "@legible/shared/document";
import type { RecognisedParagraph, RecognisedWord } from "../engine/engine.ts";
import { wordsOf } from "../engine/words-of.ts";
import type { Raster } from "../raster.ts";

/** `wordsOf` gives the words of a reading of `raster` that lie in one of the pieces, with boxes on the page. */
export type CutSheet = {
  raster: Raster;
  wordsOf(reading: readonly RecognisedParagraph[], cut: Box): RecognisedWord[];
};

/** Room between two pieces on the sheet, and around all, px. */
const marginPx = 20;

/** `cuts`: boxes inside `page` in whole px, at least one. */
export function cutSheet(cuts: readonly Box[], page: Raster): CutSheet {
  const tops = new Map<Box, number>();
  let height = marginPx;
  for (const cut of cuts) {
    tops.set(cut, height);
    height += cut[3] - cut[1] + marginPx;
  }
  const width = 2 * marginPx + Math.max(...cuts.map((cut) => cut[2] - cut[0]));
  const grey = new Uint8Array(width * height).fill(255);
  for (const [[x0, y0, x1, y1], top] of tops) {
    for (let row = y0; row < y1; row++) {
      grey.set(page.grey.subarray(row * page.width + x0, row * page.width + x1), (top + row - y0) * width + marginPx);
    }
  }
  return { raster: { width, height, grey }, wordsOf: (reading, cut) => wordsIn(reading, cut, tops.get(cut) ?? 0) };
}

function wordsIn(reading: readonly RecognisedParagraph[], cut: Box, top: number): RecognisedWord[] {
  const bottom = top + cut[3] - cut[1];
  const [right, down] = [cut[0] - marginPx, cut[1] - top];
  return wordsOf(reading)
    .filter(({ bbox }) => (bbox[1] + bbox[3]) / 2 >= top && (bbox[1] + bbox[3]) / 2 < bottom)
    .map(({ bbox: [x0, y0, x1, y1], ...word }) => ({ ...word, bbox: [x0 + right, y0 + down, x1 + right, y1 + down] }));
}
