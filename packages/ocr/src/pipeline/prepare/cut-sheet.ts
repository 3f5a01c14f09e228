// Pieces of a page in rows under each other on a sheet of their own, so that reading all of them again costs one call of the engine.
import type { Box } from "@legible/shared/document";
import type { RecognisedParagraph, RecognisedWord } from "../engine/engine.ts";
import { wordsOf } from "../engine/words-of.ts";
import type { Raster } from "../raster.ts";

/** `wordsOf` gives the words of a reading of `raster` that lie in one of the pieces, with boxes on the page. */
export type CutSheet = {
  raster: Raster;
  wordsOf(reading: readonly RecognisedParagraph[], cut: Box): RecognisedWord[];
};

/** Room between two rows on the sheet, and around all, px. */
const marginPx = 20;

/** Where a piece stands on the sheet: left and top, px. */
type Place = readonly [left: number, top: number];

/** `rows`: pieces that shall be read as one line each, boxes inside `page` in whole px; at least one. */
export function cutSheet(rows: readonly (readonly Box[])[], page: Raster): CutSheet {
  const places = new Map<Box, Place>();
  let [width, height] = [0, marginPx];
  for (const row of rows) {
    const rowHeight = Math.max(...row.map((cut) => cut[3] - cut[1]));
    let left = marginPx;
    for (const cut of row) {
      // Pieces of one row share their middle, as figures of one size do.
      places.set(cut, [left, height + Math.floor((rowHeight - (cut[3] - cut[1])) / 2)]);
      left += cut[2] - cut[0];
    }
    width = Math.max(width, left + marginPx);
    height += rowHeight + marginPx;
  }
  const grey = new Uint8Array(width * height).fill(255);
  for (const [[x0, y0, x1, y1], [left, top]] of places) {
    for (let row = y0; row < y1; row++) {
      grey.set(page.grey.subarray(row * page.width + x0, row * page.width + x1), (top + row - y0) * width + left);
    }
  }
  return {
    raster: { width, height, grey },
    wordsOf: (reading, cut) => wordsIn(reading, cut, places.get(cut) ?? [0, 0]),
  };
}

function wordsIn(reading: readonly RecognisedParagraph[], cut: Box, [left, top]: Place): RecognisedWord[] {
  const [right, down] = [cut[0] - left, cut[1] - top];
  return wordsOf(reading)
    .map(({ bbox: [x0, y0, x1, y1], ...word }) => ({
      ...word,
      bbox: [x0 + right, y0 + down, x1 + right, y1 + down] as Box,
    }))
    .filter(({ bbox: [x0, y0, x1, y1] }) => {
      const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
      return x >= cut[0] && x < cut[2] && y >= cut[1] && y < cut[3];
    });
}
