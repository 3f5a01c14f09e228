// The last step of every way to read a page: drafts become blocks with ids, clean text, and boxes inside the page.
import type { Block, Box, Line, Word } from "@legible/shared/document";
import { scrubText } from "@legible/shared/text";
import { joinWords } from "@legible/shared/tree-words";
import { joinCjkWords } from "./cjk.ts";
import type { RecognisedLine } from "./engine/engine.ts";

export type DraftBlock = {
  type: Block["type"];
  level?: number;
  code?: true;
  /** The mark of a note at the foot of the page. */
  footnote?: string;
  lines: RecognisedLine[];
  table?: DraftTable;
};

/** A table whose cells name the lines of its block that they hold, by index. */
export type DraftTable = {
  rows: number;
  columns: number;
  cells: { row: number; column: number; rowSpan: number; columnSpan: number; lines: number[] }[];
};

export type PageSpace = {
  /** 1-based number of the page within the document. */
  number: number;
  /** Size of the page, px. */
  width: number;
  height: number;
  /** Page pixels for one pixel of the draft. */
  scaleX: number;
  scaleY: number;
};

/** Blocks in the order of the drafts; words that hold nothing visible are left out. */
export function toBlocks(drafts: readonly DraftBlock[], space: PageSpace): Block[] {
  let wordCount = 0;
  const nextWordId = () => `p${space.number}w${++wordCount}`;
  const blocks: Block[] = [];
  for (const draft of drafts) {
    const made = draft.lines.map((line) => toLine(line, space, nextWordId));
    const lines = made.filter((line) => line !== undefined);
    if (lines.length === 0) continue;
    blocks.push({
      id: `p${space.number}b${blocks.length + 1}`,
      type: draft.type,
      ...(draft.level === undefined ? {} : { level: draft.level }),
      ...(draft.code === undefined ? {} : { code: draft.code }),
      ...(draft.footnote === undefined ? {} : { footnote: draft.footnote }),
      bbox: union(lines.map((line) => line.bbox)),
      confidence: meanConfidence(lines.flatMap((line) => line.words)) ?? 0,
      lines,
      ...(draft.table === undefined ? {} : { table: toTable(draft.table, made) }),
    });
  }
  return blocks;
}

/** `lines` as the draft numbers them, undefined where nothing is left of one. */
function toTable(
  { rows, columns, cells }: DraftTable,
  lines: readonly (Line | undefined)[],
): NonNullable<Block["table"]> {
  return {
    rows,
    columns,
    cells: cells.flatMap(({ lines: indexes, ...cell }) => {
      const own = indexes.map((index) => lines[index]).filter((line) => line !== undefined);
      if (own.length === 0) return [];
      const words = own.flatMap((line) => line.words);
      return {
        ...cell,
        text: joinWords(words.map((word) => word.text)),
        bbox: union(own.map((line) => line.bbox)),
        wordIds: words.map((word) => word.id),
      };
    }),
  };
}

/** Mean confidence weighted by length, one decimal; null without words. */
export function meanConfidence(words: readonly { text: string; confidence: number }[]): number | null {
  let weight = 0;
  let sum = 0;
  for (const { text, confidence } of words) {
    const length = [...text].length;
    weight += length;
    sum += length * confidence;
  }
  return weight === 0 ? null : oneDecimal(sum / weight);
}

/** The smallest box around all. */
export function union(boxes: readonly Box[]): Box {
  const [first = [0, 0, 0, 0] as Box, ...rest] = boxes;
  return rest.reduce<Box>(
    ([x0, y0, x1, y1], box) => [Math.min(x0, box[0]), Math.min(y0, box[1]), Math.max(x1, box[2]), Math.max(y1, box[3])],
    first,
  );
}

function toLine(line: RecognisedLine, space: PageSpace, nextWordId: () => string): Line | undefined {
  const clean = line.words
    .map((word) => ({ ...word, text: scrubText(word.text).replace(/\s+/gu, " ").trim() }))
    .filter((word) => word.text !== "");
  if (clean.length === 0) return undefined;
  const words: Word[] = joinCjkWords(clean).map(({ text, bbox, confidence, mark }) => ({
    id: nextWordId(),
    text,
    bbox: place(bbox, space),
    confidence: oneDecimal(Math.min(100, Math.max(0, confidence))),
    ...(mark === undefined || mark.to > text.length ? {} : { mark }),
  }));
  return { bbox: union(words.map((word) => word.bbox)), baseline: place(line.baseline, space), words };
}

/** A box of the draft on the page: scaled, inside its edges, one decimal. */
function place([x0, y0, x1, y1]: Box, { width, height, scaleX, scaleY }: PageSpace): Box {
  const across = (x: number) => oneDecimal(Math.min(width, Math.max(0, x * scaleX)));
  const down = (y: number) => oneDecimal(Math.min(height, Math.max(0, y * scaleY)));
  return [across(x0), down(y0), across(x1), down(y1)];
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
