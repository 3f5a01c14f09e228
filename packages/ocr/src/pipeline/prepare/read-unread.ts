// Reads the columns that the engine left unread on a crowded page, one by one. Costs nothing on a page that was read.
import type { Box } from "@legible/shared/document";
import type { RecognisedParagraph } from "../engine/engine.ts";
import { placedParagraph } from "../engine/placed-paragraph.ts";
import { wordsOf } from "../engine/words-of.ts";
import { meanConfidence } from "../page-tree.ts";
import type { Raster } from "../raster.ts";
import type { Recognise } from "./read-upright.ts";
import { unreadRegions } from "./unread-regions.ts";

/** Words read with more confidence stay, and their ink is no reason to look again. */
const sure = 60;
/** Regions that read with less are pictures (20 to 30); print of 9 px, of which three letters in four are right, has 45 to 55. */
const leastConfidence = 40;
/** White around a column when it is read, px. */
const marginPx = 12;

/** `first`, the words of the whole of `raster`, and those of its columns that `first` left out. Boxes in pixels of `raster`. */
export async function readUnread(
  first: RecognisedParagraph[],
  raster: Raster,
  recognise: Recognise,
): Promise<RecognisedParagraph[]> {
  const known = wordsOf(first).filter(({ confidence }) => confidence >= sure);
  const regions = unreadRegions(
    raster,
    known.map(({ bbox }) => bbox),
  );
  const found: { region: Box; paragraphs: RecognisedParagraph[] }[] = [];
  for (const region of regions) {
    const [left, top] = [region[0] - marginPx, region[1] - marginPx];
    const paragraphs = await recognise(cut(raster, region), "block");
    if ((meanConfidence(wordsOf(paragraphs)) ?? 0) < leastConfidence) continue;
    const back = ([x0, y0, x1, y1]: Box): Box => [x0 + left, y0 + top, x1 + left, y1 + top];
    found.push({ region, paragraphs: paragraphs.map((paragraph) => placedParagraph(paragraph, back)) });
  }
  const read = found.map(({ region }) => region);
  return [...without(first, read), ...found.flatMap(({ paragraphs }) => paragraphs)];
}

/** The region on white paper, with a margin on all sides. */
function cut({ width, grey }: Raster, [x0, y0, x1, y1]: Box): Raster {
  const size = { width: x1 - x0 + 2 * marginPx, height: y1 - y0 + 2 * marginPx };
  const part = new Uint8Array(size.width * size.height).fill(255);
  for (let row = y0; row < y1; row++) {
    const from = grey.subarray(row * width + x0, row * width + x1);
    part.set(from, (row - y0 + marginPx) * size.width + marginPx);
  }
  return { ...size, grey: part };
}

/** The paragraphs without the words whose middle lies in one of the regions, which have been read again as wholes. */
function without(paragraphs: readonly RecognisedParagraph[], regions: readonly Box[]): RecognisedParagraph[] {
  if (regions.length === 0) return [...paragraphs];
  const outside = ([x0, y0, x1, y1]: Box) => {
    const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
    return !regions.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom);
  };
  return paragraphs
    .map(({ lines }) => ({
      lines: lines
        .map((line) => ({ ...line, words: line.words.filter(({ bbox }) => outside(bbox)) }))
        .filter(({ words }) => words.length > 0),
    }))
    .filter(({ lines }) => lines.length > 0);
}
