// Finding in the document: counted over the plain text, placed on words of the page that is looked at. Case, accents and width of
// letters make no difference, nor does white space.
import type { ReadLine } from "./page-words.ts";

/** Marks that NFKD takes off their letters. */
const accents = /\p{M}/gu;

export function folded(text: string): string {
  return text.normalize("NFKD").replace(accents, "").toLowerCase();
}

/** The pages of result.txt, which form feeds separate, as they are searched: once for a text, not with each letter of a search. */
export function searchablePages(text: string): string[] {
  return text.split("\f").map(squeezed);
}

/** Matches on each of the searchable pages. */
export function countMatches(pages: readonly string[], wanted: string): number[] {
  const needle = squeezed(wanted);
  return pages.map((page) => (needle === "" ? 0 : page.split(needle).length - 1));
}

/** The ids of the words of each match, in reading order. */
export function matchedWords(lines: readonly ReadLine[], wanted: string): string[][] {
  const needle = squeezed(wanted);
  if (needle === "") return [];
  let text = "";
  const ends: { id: string; end: number }[] = [];
  for (const { word } of lines.flatMap((line) => line.words)) {
    text += squeezed(word.text);
    ends.push({ id: word.id, end: text.length });
  }
  const found: string[][] = [];
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length)) {
    const from = ends.findIndex(({ end }) => end > at);
    const to = ends.findIndex(({ end }) => end >= at + needle.length);
    found.push(ends.slice(from, to + 1).map(({ id }) => id));
  }
  return found;
}

/** Match number `at` (0-based over the document) as a page's index and the match's number on that page. */
export function placeOf(counts: readonly number[], at: number): { page: number; match: number } | undefined {
  let before = 0;
  for (const [page, count] of counts.entries()) {
    if (at < before + count) return { page, match: at - before };
    before += count;
  }
  return undefined;
}

/** Number of the first match on page `from` (an index) or after it; the very first when there is none there. */
export function firstFrom(counts: readonly number[], from: number): number {
  const before = counts.slice(0, from).reduce((sum, count) => sum + count, 0);
  return counts.slice(from).some((count) => count > 0) ? before : 0;
}

/** White space is left out: where a line ends is the paper's doing. */
function squeezed(text: string): string {
  return folded(text).replace(/\s+/gu, "");
}
