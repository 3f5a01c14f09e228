// A picture that is one table, cut out of a page or filling it. The white between its columns divides no text: the engine, left to look
// for columns itself, reads single digits and short cells as dirt.
import type { PageRules } from "./page-rules.ts";

/** Rules of one table begin and end within this share of the picture's width. */
const sameEnds = 0.02;
/** Above the head, under it, and below the last row; frames and lines under a page's head have fewer. */
const fewestRules = 3;
/** Share of the picture's width that a table's rules take, and of its height from the first to the last of them. */
const largest = { width: 0.6, height: 0.5 };

/** Whether rules as wide as one another go over most of a picture of `width` × `height` px. */
export function tableFillsPage({ across }: PageRules, width: number, height: number): boolean {
  const wide = across.filter(({ from, to }) => to - from >= width * largest.width);
  return wide.some((first) => {
    const same = wide.filter(
      ({ from, to }) => Math.abs(from - first.from) <= width * sameEnds && Math.abs(to - first.to) <= width * sameEnds,
    );
    const places = same.map(({ at }) => at);
    return same.length >= fewestRules && Math.max(...places) - Math.min(...places) >= height * largest.height;
  });
}
