// Which marks of a document are footnotes in Markdown, and what they are called there. A mark and its note stand on one page and count
// from 1 on each, perhaps; a label is used once in a document.
import type { Block, Page, Word } from "@legible/shared/document";
import { wordLines } from "@legible/shared/tree-words";

export type NoteLabels = {
  /** By id of the word with the mark. */
  words: Map<string, string>;
  /** By id of the block that is the note. */
  blocks: Map<string, string>;
};

export function noteLabels(): NoteLabels {
  return { words: new Map(), blocks: new Map() };
}

/** Adds the notes of `page` that something on it leads to. */
export function learnNotes({ words, blocks }: NoteLabels, page: Page): void {
  const used = new Set(blocks.values());
  for (const note of page.blocks) {
    if (note.footnote === undefined || note.type !== "paragraph") continue;
    const word = page.blocks
      .filter(isText)
      .flatMap(wordsOf)
      .find((one) => one.href === undefined && !words.has(one.id) && markOf(one) === note.footnote);
    if (word === undefined) continue;
    // Signs are no good labels: a reader shows numbers in their place.
    const name = /^\w+$/u.test(note.footnote) ? note.footnote : "note";
    const label = used.has(name) ? `${name}-${page.number}-${blocks.size + 1}` : name;
    used.add(label);
    words.set(word.id, label);
    blocks.set(note.id, label);
  }
}

/** Text in which a mark leads somewhere: cells and listings are no place for it. */
function isText({ type, code, table, footnote }: Block): boolean {
  return type !== "header" && type !== "footer" && code === undefined && table === undefined && footnote === undefined;
}

function wordsOf(block: Block): Word[] {
  return wordLines(block).flatMap((line) => line.words);
}

/** The mark at the end of a word. */
function markOf({ text, mark }: Word): string | undefined {
  return mark === undefined || mark.from === 0 || mark.to < text.length ? undefined : text.slice(mark.from);
}
