// The words of a page in reading order: what the text layer, the text and the walk over doubtful words agree on.
import { doubtfulBelow, sureFrom } from "@legible/shared/doubtful";
import { isSpaced, wordLines } from "@legible/shared/tree-words";
import type { PageTree, TreeWord } from "../../api/answers.ts";

export interface ReadLine {
  /** Id of its first word. */
  id: string;
  words: { word: TreeWord /** A space follows on the same line. */; spaced: boolean }[];
}

/** The lines of one block, cell by cell in tables. */
export function blockLines(block: PageTree["blocks"][number]): ReadLine[] {
  return wordLines(block as Parameters<typeof wordLines>[0]).map(({ words }) => ({
    id: words[0]?.id ?? "",
    words: words.map((word, index) => {
      const next = words[index + 1];
      return { word: word as TreeWord, spaced: next !== undefined && isSpaced(word.text, next.text) };
    }),
  }));
}

export function pageLines(page: PageTree): ReadLine[] {
  return page.blocks.flatMap(blockLines);
}

export function pageWords(page: PageTree): TreeWord[] {
  return pageLines(page).flatMap((line) => line.words.map(({ word }) => word));
}

/** How a word is marked: doubtful, slightly so, corrected by a person, or not at all. */
export type Doubt = "doubtful" | "unsure" | "corrected" | undefined;

export function doubtOf({ confidence, original }: Pick<TreeWord, "confidence" | "original">): Doubt {
  if (original !== undefined) return "corrected";
  if (confidence < doubtfulBelow) return "doubtful";
  return confidence < sureFrom ? "unsure" : undefined;
}

/** The doubtful word after (`step` 1) or before (-1) the one with `from`; from outside the page, its first or last. */
export function nextDoubtful(page: PageTree, from: string | undefined, step: 1 | -1): TreeWord | undefined {
  const words = pageWords(page);
  const at = words.findIndex((word) => word.id === from);
  const isDoubtful = (word: TreeWord) => doubtOf(word) === "doubtful";
  if (step === 1) return words.slice(at + 1).find(isDoubtful);
  return words.slice(0, at === -1 ? words.length : at).findLast(isDoubtful);
}

/** The word `step` places from `id` on the page. */
export function neighbour(page: PageTree, id: string, step: 1 | -1): TreeWord | undefined {
  const words = pageWords(page);
  const at = words.findIndex((word) => word.id === id);
  return at === -1 ? undefined : words[at + step];
}
