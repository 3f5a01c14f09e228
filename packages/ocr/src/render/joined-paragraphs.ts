// Running text goes on where a column or a page ends: there the two parts of a paragraph are put together again. The tree keeps them
// apart, as they stand on paper. What stands between them and is no part of the running text comes after the whole paragraph.
import type { Block, Line, Page } from "@legible/shared/document";
import { joinWords } from "@legible/shared/tree-words";

/** A line that goes on reaches so far across its block; lines that are not set to both edges end earlier than the widest one. */
const reachesAcross = 0.6;
/** Fewest words of a line of prose; labels of forms and cells are shorter. */
const fewestWords = 3;
/** Lines of one text are so much higher or lower than each other at most: letters without ascenders make low boxes. */
const sameHeight = 1.4;
/** White at the end of a full line of Chinese or Japanese, and an indent at its beginning, in heights of the line. */
const squareEdge = 1.3;

/** Ends of sentences, with closing marks and the mark of a note behind them. */
const sentenceEnd = /[.!?:;…。．！？：；]["'”’»)\]」』）]*[\d*†‡]{0,3}$/u;
const lowerStart = /^["“„«‘(]?\p{Ll}/u;
/** "a) one" and "iv. four" begin items. */
const itemStart = /^\(?\p{L}{1,4}[.)]/u;
const squareEnd = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、，,ー]$/u;
const squareStart = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Beginnings of counted clauses. */
const squareItem =
  /^(?:[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3}[、.．]|第\s*[\d一二三四五六七八九十百]+\s*[章節节條条編编部篇])/u;

/** The page with paragraphs put together that go on in another column, or below a picture. */
export function joinedColumns(page: Page): Page {
  const blocks: Block[] = [];
  let open: { at: number; last: Block } | undefined;
  for (const block of page.blocks) {
    const last = open === undefined ? undefined : blocks[open.at];
    if (isAside(block)) blocks.push(block);
    else if (open !== undefined && last !== undefined && goesOnBeside(open.last, block, blocks.length - 1 - open.at)) {
      blocks[open.at] = joined(last, block);
      open = { at: open.at, last: block };
    } else open = { at: blocks.push(block) - 1, last: block };
  }
  return blocks.length === page.blocks.length ? page : { ...page, blocks };
}

/** The pages, joined in themselves and from one to the next: such a paragraph is all on the page on which it begins. */
export async function* joinedPages(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  let held: Page | undefined;
  for await (const page of pages) {
    let next = joinedColumns(page);
    if (held !== undefined) {
      const last = held.blocks.findLastIndex((block) => !isAside(block));
      const first = next.blocks.findIndex((block) => !isAside(block));
      const [end, start] = [held.blocks[last], next.blocks[first]];
      if (end !== undefined && start !== undefined && goesOn(end, start)) {
        yield { ...held, blocks: held.blocks.with(last, joined(end, start)) };
        next = { ...next, blocks: next.blocks.toSpliced(first, 1) };
      } else yield held;
    }
    held = next;
  }
  if (held !== undefined) yield held;
}

/** What stands on a page beside the running text. */
function isAside({ type, footnote }: Block): boolean {
  return footnote !== undefined || type === "header" || type === "footer" || type === "figure" || type === "caption";
}

function joined(last: Block, next: Block): Block {
  return { ...last, lines: [...last.lines, ...next.lines] };
}

/** `between`: asides that stand between the two in reading order. */
function goesOnBeside(last: Block, next: Block, between: number): boolean {
  const isBeside = next.bbox[0] >= last.bbox[2] || next.bbox[2] <= last.bbox[0];
  const startsHigher = next.bbox[1] < last.bbox[3];
  return (isBeside ? startsHigher : between > 0 && !startsHigher) && goesOn(last, next);
}

/** Whether what `last` says goes on in `next` for certain. */
function goesOn(last: Block, next: Block): boolean {
  const [end, start] = [last.lines.at(-1), next.lines[0]];
  if (!isProse(last) || !isProse(next) || last.source !== next.source) return false;
  if (end === undefined || start === undefined) return false;
  const [low, high] = [heightOf(last), heightOf(next)].sort((a, b) => a - b) as [number, number];
  if (high > low * sameHeight) return false;
  const [before, after] = [lineText(end), lineText(start)];
  if (sentenceEnd.test(before)) return false;
  const left = Math.min(...last.lines.map(({ bbox }) => bbox[0]));
  const right = Math.max(...last.lines.map(({ bbox }) => bbox[2]));
  if (lowerStart.test(after) && !itemStart.test(after)) {
    const isFull = end.bbox[2] >= left + (right - left) * reachesAcross;
    return isFull && end.words.length >= fewestWords && (last.lines.length > 1 || next.lines.length > 1);
  }
  if (!squareEnd.test(before) || !squareStart.test(after) || squareItem.test(after)) return false;
  const second = next.lines[1];
  const isIndented = second !== undefined && start.bbox[0] > second.bbox[0] + low / 2;
  const isFull = last.lines.length > 1 && end.bbox[2] > right - squareEdge * low;
  return isFull && !isIndented && (second !== undefined || sentenceEnd.test(after));
}

function isProse({ type, code, table }: Block): boolean {
  return type === "paragraph" && code === undefined && table === undefined;
}

function lineText({ words }: Line): string {
  return joinWords(words.map((word) => word.text));
}

/** Usual height of the block's lines, px. */
function heightOf({ lines }: Block): number {
  const heights = lines.map(({ bbox }) => bbox[3] - bbox[1]).sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 2)] ?? 0;
}
