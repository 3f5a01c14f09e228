// The way from one doubtful word to the next, over pages that are not even loaded: the ledger says which pages have any.
import type { LedgerRow, TreeWord } from "../../api/answers.ts";
import { nextDoubtful } from "./page-words.ts";
import { useFetchTree } from "./use-page-tree.ts";

export interface WordPlace {
  /** Index of the page. */
  index: number;
  word: TreeWord;
  /** Where the word is, as a share of the page's height. */
  share: number;
}

/** Finds the doubtful word after (or before) `from`, which may be a page without a word; undefined where there is none left. */
export function useDoubtfulWalk(
  taskId: string,
  rows: readonly LedgerRow[],
): (from: { index: number; word?: string | undefined }, step: 1 | -1) => Promise<WordPlace | undefined> {
  const fetchTree = useFetchTree(taskId);
  return async ({ index, word }, step) => {
    for (let at = index; at >= 0 && at < rows.length; at += step) {
      const row = rows[at];
      if (row === undefined || row.lowConfidenceWords === 0) continue;
      const page = await fetchTree(row.number);
      const found = nextDoubtful(page, at === index ? word : undefined, step);
      if (found !== undefined) return { index: at, word: found, share: found.bbox[1] / page.height };
    }
    return undefined;
  };
}
