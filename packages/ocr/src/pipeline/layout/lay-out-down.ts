// A page set from top to bottom: lines follow each other from right to left; those that go on in the next column make a paragraph.
import type { RecognisedLine } from "../engine/engine.ts";
import type { DraftBlock } from "../page-tree.ts";
import { lineLength, weightedMedian } from "./layout-line.ts";

/** A line that ends so many characters above the others ends its paragraph; rules for line ends move one or two. */
const short = 2.5;
/** A line that begins so many characters below the others begins a paragraph. */
const indented = 0.6;
/** Columns that stand this many characters apart are of different paragraphs. */
const widestGap = 3;
/** Lines so much wider than the usual ones are headings, as on pages with lines that run across. */
const headingScale = 1.25;

export function layOutDown(lines: readonly RecognisedLine[]): DraftBlock[] {
  const ordered = [...lines].sort((a, b) => middleOf(b) - middleOf(a));
  const size = weightedMedian(ordered.map((line) => [sizeOf(line), lineLength(line)]));
  const top = Math.min(...ordered.map(({ bbox }) => bbox[1]));
  const bottom = Math.max(...ordered.map(({ bbox }) => bbox[3]));
  const isHeading = (line: RecognisedLine) => sizeOf(line) >= headingScale * size;
  const goesOn = (last: RecognisedLine, next: RecognisedLine) =>
    isHeading(last) === isHeading(next) &&
    last.bbox[0] - next.bbox[2] < widestGap * size &&
    (isHeading(last) || (last.bbox[3] > bottom - short * size && next.bbox[1] < top + indented * size));
  const groups: RecognisedLine[][] = [];
  for (const line of ordered) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && goesOn(last, line)) group.push(line);
    else groups.push([line]);
  }
  return groups.map((group, index) => {
    const [first] = group;
    if (first === undefined || !isHeading(first)) return { type: "paragraph", lines: group };
    return { type: "heading", level: index === 0 ? 1 : 2, lines: group };
  });
}

/** Characters fill the width of their line. */
function sizeOf({ bbox }: RecognisedLine): number {
  return bbox[2] - bbox[0];
}

function middleOf({ bbox }: RecognisedLine): number {
  return (bbox[0] + bbox[2]) / 2;
}
