// Notes at the foot of a page: small print that begins with a raised mark which stands in the text above as well. Where either is
// missing, it stays a paragraph.
import type { RecognisedWord } from "../engine/engine.ts";
import type { DraftBlock } from "../page-tree.ts";
import { type LayoutLine, lineLength, sharedWidth, weightedMedian } from "./layout-line.ts";

/** Notes are set smaller than the text, by this much at least. */
const smaller = 0.95;

/** `blocks`, with `footnote` set to the mark of those that are notes. */
export function withFootnotes(blocks: readonly DraftBlock[]): DraftBlock[] {
  const candidates = new Map<DraftBlock, string>();
  for (const block of blocks) {
    const mark = leadingMark(block);
    if (mark !== undefined) candidates.set(block, mark);
  }
  if (candidates.size === 0) return [...blocks];
  const text = blocks.filter((block) => !candidates.has(block) && block.table === undefined);
  const size = sizeOf(text);
  const referred = new Set(blocks.flatMap((block) => block.lines.flatMap((line) => line.words.flatMap(referenceOf))));
  return blocks.map((block) => {
    const mark = candidates.get(block);
    const isNote =
      mark !== undefined &&
      referred.has(mark) &&
      sizeOf([block]) <= size * smaller &&
      text.every((other) => !standsBelow(other, block));
    return isNote ? { ...block, type: "paragraph", footnote: mark } : block;
  });
}

/** The raised mark with which the block begins. */
function leadingMark({ type, lines }: DraftBlock): string | undefined {
  if (type !== "paragraph" && type !== "list-item") return undefined;
  const first = lines[0]?.words[0];
  return first?.mark?.from === 0 ? first.text.slice(0, first.mark.to) : undefined;
}

/** The mark behind a word. */
function referenceOf({ text, mark }: RecognisedWord): string[] {
  return mark === undefined || mark.from === 0 ? [] : [text.slice(mark.from, mark.to)];
}

function standsBelow(other: DraftBlock, note: DraftBlock): boolean {
  const last = note.lines.at(-1);
  return (
    last !== undefined &&
    other.lines.some((line) => line.bbox[1] >= last.bbox[3] && sharedWidth(line, last) > 0 && line.words.length > 3)
  );
}

function sizeOf(blocks: readonly DraftBlock[]): number {
  const lines = blocks.flatMap((block) => block.lines as LayoutLine[]);
  return weightedMedian(lines.map((line) => [line.size, lineLength(line)]));
}
