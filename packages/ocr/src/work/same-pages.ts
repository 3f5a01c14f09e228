// Pages of a document that look the same to the last pixel are read once: separator sheets, blank forms, a page scanned into the stack
// twice. What is remembered names results of this attempt only, so another try never meets an old reading.
import type { Page } from "@legible/shared/document";
import type { OcrOptions } from "@legible/shared/options";

/** Page `number` of the document: where its reading lies, with its SHA-256, and the languages it was read in. */
export type KeptReading = { number: number; path: string; sha256: string; languages: string[] };

export type SamePages = {
  /** The reading of a page with the pixels of that name (pipeline/pixels-ahead.ts) and the same options. */
  find(task: TaskAttempt, pixels: string): KeptReading | undefined;
  keep(task: TaskAttempt, pixels: string, reading: KeptReading): void;
};

type TaskAttempt = { id: number; attempt: number; options: OcrOptions };

/** Attempts remembered at once, more than are read at a time; and pages of each, some 200 bytes a page. */
const attempts = 16;
const pagesEach = 2_000;

/** The memory of one worker; another worker reads such a page again. */
export function createSamePages(): SamePages {
  const known = new Map<string, Map<string, KeptReading>>();
  const nameOf = ({ id, attempt }: TaskAttempt) => `${id}/${attempt}`;
  return {
    find: (task, pixels) => known.get(nameOf(task))?.get(keyOf(task, pixels)),
    keep(task, pixels, reading) {
      const name = nameOf(task);
      const pages = known.get(name) ?? new Map<string, KeptReading>();
      if (pages.size < pagesEach) pages.set(keyOf(task, pixels), reading);
      // Put at the end, so that the first one is the one that got no page for longest.
      known.delete(name);
      known.set(name, pages);
      const [oldest] = known.keys();
      if (known.size > attempts && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** All that decides a reading: what is seen (its size and resolution are part of that name) and what is to be done with it. */
function keyOf({ options: { languages, mode, rotate, deskew } }: TaskAttempt, pixels: string): string {
  return JSON.stringify([pixels, languages, mode, rotate, deskew]);
}

/** The page as page `number`: ids of words and blocks carry the number of their page. */
export function renumbered(page: Page, number: number): Page {
  const renamed = (id: string) => id.replace(/^p\d+/u, `p${number}`);
  return {
    ...page,
    number,
    blocks: page.blocks.map((block) => ({
      ...block,
      id: renamed(block.id),
      lines: block.lines.map((line) => ({
        ...line,
        words: line.words.map((word) => ({ ...word, id: renamed(word.id) })),
      })),
      ...(block.table === undefined
        ? {}
        : {
            table: {
              ...block.table,
              cells: block.table.cells.map((cell) => ({ ...cell, wordIds: cell.wordIds.map(renamed) })),
            },
          }),
    })),
  };
}
