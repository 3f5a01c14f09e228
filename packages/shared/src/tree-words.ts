// The one place that says in which order a page's words are read, and where a space stands between two of them.
// JSON text, Markdown and the PDF's text layer all go through it, so that they cannot disagree.
import type { Block, Box, Word } from "./document.ts";

/** Words that stand on one line of the page; in a table, the part of a line that is in one cell. */
export type WordLine = {
  words: Word[];
  bbox: Box;
  /** Left and right end of the line the letters stand on, px. */
  baseline: Box;
  /** 0-based row of the table the words belong to; undefined outside tables and for words in no cell. */
  row: number | undefined;
  /** The cell the words belong to. */
  cell?: Table["cells"][number];
};

/** The block's words in reading order: line by line, or cell by cell (row by row) in a table. Words in no cell come last. */
export function wordLines(block: Block): WordLine[] {
  const whole = block.lines
    .filter((line) => line.words.length > 0)
    .map((line) => ({ words: line.words, bbox: line.bbox, baseline: line.baseline, row: undefined }));
  if (block.table === undefined) return whole;

  const lineOf = new Map(whole.flatMap((line) => line.words.map((word) => [word.id, { word, line }] as const)));
  const ordered: WordLine[] = [];
  for (const cell of cellsInOrder(block.table)) {
    let previous: WordLine | undefined;
    for (const id of cell.wordIds) {
      const found = lineOf.get(id);
      if (found === undefined) continue;
      // A word named by two cells is read once.
      lineOf.delete(id);
      const last: WordLine | undefined = ordered.at(-1);
      if (last !== undefined && previous === found.line) {
        last.words.push(found.word);
        last.bbox = hull(last.bbox, found.word.bbox);
      } else {
        ordered.push({
          words: [found.word],
          bbox: found.word.bbox,
          baseline: found.line.baseline,
          row: cell.row,
          cell,
        });
      }
      previous = found.line;
    }
  }
  for (const line of whole) {
    const left = line.words.filter((word) => lineOf.has(word.id));
    if (left.length > 0) ordered.push({ ...line, words: left });
  }
  return ordered;
}

type Table = NonNullable<Block["table"]>;

/** Cells row by row, each row from its first column on. */
export function cellsInOrder(table: Table): Table["cells"] {
  return [...table.cells].sort((a, b) => a.row - b.row || a.column - b.column);
}

/** Whether a space stands between two neighbouring words: always, except between Chinese or Japanese characters and at their marks. */
export function isSpaced(left: string, right: string): boolean {
  if (wideMarkEnd.test(left) && !latinStart.test(right)) return false;
  if (wideMarkStart.test(right) && !latinEnd.test(left)) return false;
  if (unspacedEnd.test(left)) return !(unspacedStart.test(right) || quoteStart.test(right));
  return !(quoteEnd.test(left) && unspacedStart.test(right));
}

/** `words` as running text: one space between them, none between Chinese or Japanese characters. */
export function joinWords(words: readonly string[]): string {
  let text = "";
  for (const word of words) text += text === "" ? word : isSpaced(text, word) ? ` ${word}` : word;
  return text;
}

/** Lines as running text: a hyphen at the end of a line goes when the word goes on in lower case. */
export function joinLines(lines: readonly string[]): string {
  let text = "";
  for (const line of lines) {
    const hyphened = /\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(line);
    text = hyphened ? text.slice(0, -1) + line : joinWords(text === "" ? [line] : [text, line]);
  }
  return text;
}

/** The block's text with a line end after each line; in a table, after each row. */
export function blockText(block: Block): string {
  let text = "";
  let row: number | undefined;
  for (const line of wordLines(block)) {
    const joined = joinWords(line.words.map((word) => word.text));
    const goesOn = line.row !== undefined && line.row === row;
    text += text === "" ? joined : (goesOn ? " " : "\n") + joined;
    row = line.row;
  }
  return text;
}

// Han, Kana and Bopomofo, with the punctuation of the same full-width grid; Hangul is written with spaces.
const unspaced = "[\\p{Script=Han}\\p{Script=Bopomofo}\\u3000-\\u30ff\\u31f0-\\u31ff\\uff01-\\uff9f]";
const unspacedEnd = new RegExp(`${unspaced}$`, "u");
const unspacedStart = new RegExp(`^${unspaced}`, "u");
/** Marks that bring their own white; Latin words keep their spaces all the same, so that readers find their ends. */
const wideMark = "[\\u3001\\u3002\\u3008-\\u3011\\uff01\\uff08\\uff09\\uff0c\\uff1a\\uff1b\\uff1f]";
const wideMarkEnd = new RegExp(`${wideMark}$`, "u");
const wideMarkStart = new RegExp(`^${wideMark}`, "u");
const latinStart = /^\p{Script=Latin}/u;
const latinEnd = /\p{Script=Latin}$/u;
/** Quotation marks have no width of their own: among such characters they are set like them. */
const quoteStart = /^["“”‘’…]/u;
const quoteEnd = /["“”‘’…]$/u;

/** The smallest box around both. */
export function hull(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
