import type { Page } from "@legible/shared/document";
import { doubtfulBelow } from "@legible/shared/doubtful";
import { wordsOf } from "./corrected-page.ts";

/** How many words of the page are doubtful. */
export function countDoubtfulWords(page: Page): number {
  return wordsOf(page).filter((word) => word.confidence < doubtfulBelow).length;
}
