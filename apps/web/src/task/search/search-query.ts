// What the address says about a search, and how a hit is found again in the document.
import type { SearchHit } from "../../api/answers.ts";
import { folded } from "../viewer/find-text.ts";

export interface SearchQuery {
  text?: string | undefined;
  page?: number | undefined;
}

/** As the server takes it, characters. */
export const longestSearch = 200;

/** What does not fit is undefined. Every key is named: the router lays this over the raw search. */
export function parseSearchQuery(search: Record<string, unknown>): SearchQuery {
  const page = Number(search.page);
  const text = typeof search.text === "string" || typeof search.text === "number" ? String(search.text) : "";
  return {
    text: text.trim() === "" ? undefined : text.slice(0, longestSearch),
    page: Number.isInteger(page) && page > 1 && page <= 100_000 ? page : undefined,
  };
}

/** What to look for on the page of a hit: the whole `text` where it stands there as it was typed, else the first word of it. */
export function findInPage(text: string, { snippet, hits }: Pick<SearchHit, "snippet" | "hits">): string {
  const squeezed = (some: string) => folded(some).replace(/\s+/gu, "");
  const [first] = hits;
  if (first === undefined || squeezed(snippet).includes(squeezed(text))) return text.trim();
  return snippet.slice(first[0], first[1]);
}

/** `snippet` in pieces, those that were searched for marked. Overlapping hits are one. */
export function piecesOf({ snippet, hits }: Pick<SearchHit, "snippet" | "hits">): { text: string; hit: boolean }[] {
  const pieces: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [from, to] of [...hits].sort((a, b) => a[0] - b[0])) {
    const begin = Math.max(at, from);
    if (to <= begin) continue;
    if (begin > at) pieces.push({ text: snippet.slice(at, begin), hit: false });
    const last = pieces.at(-1);
    if (begin === at && last?.hit === true) last.text += snippet.slice(begin, to);
    else pieces.push({ text: snippet.slice(begin, to), hit: true });
    at = to;
  }
  if (at < snippet.length) pieces.push({ text: snippet.slice(at), hit: false });
  return pieces;
}
