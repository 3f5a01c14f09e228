// Lines that say what a bookmark of the page says are headings, however they look.
import { isCaption } from "./layout/find-headings.ts";
import { type LayoutLine, lineText } from "./layout/layout-line.ts";
import type { Bookmark } from "./pdf/page-bookmarks.ts";

/** A heading goes over so many lines at most. */
const mostLines = 3;
/** Where more of a page's lines have bookmarks, these are an index of it, not headings. */
const mostMarked = 0.5;
/** Numbering that bookmarks leave out, or lines. */
const numbering = /^(?:chapter\s+)?(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[a-z])[.):]?\s+/iu;

/** `lines` with those that make a heading told so. */
export function bookmarkedLines(lines: readonly LayoutLine[], bookmarks: readonly Bookmark[]): LayoutLine[] {
  const found = bookmarks.flatMap(({ title, depth }) => {
    const place = bestPlace(lines, title);
    return place === undefined ? [] : [{ ...place, depth }];
  });
  if (found.reduce((sum, { count }) => sum + count, 0) > Math.max(1, lines.length * mostMarked)) return [...lines];
  const marked = [...lines];
  for (const [index, { from, count, depth }] of found.entries()) {
    const own = lines.slice(from, from + count);
    // The first level is the title's.
    const made = { type: "heading" as const, level: Math.min(6, depth + 2), lines: own };
    const tag = { block: -1 - index, made };
    for (const [at, line] of own.entries()) marked[from + at] = { ...line, tag };
  }
  return marked;
}

/** Where `title` stands: in the largest type, should it stand in several places, as running headers do. */
function bestPlace(lines: readonly LayoutLine[], title: string): { from: number; count: number } | undefined {
  const wanted = [comparable(title), comparable(title.trim().replace(numbering, ""))];
  // A page number or a single letter stands in many places.
  if (!/\p{L}{2}|\p{Script=Han}/u.test(title) || /^page\s*\d+$/iu.test(title.trim())) return undefined;
  const places = lines.flatMap((line, from) => {
    if (line.tag?.made !== undefined) return [];
    for (let count = 1; count <= mostLines && from + count <= lines.length; count++) {
      const own = lines.slice(from, from + count);
      const text = own.map(lineText).join(" ").trim();
      if (isCaption(own)) return [];
      if (wanted.includes(comparable(text)) || wanted.includes(comparable(text.replace(numbering, "")))) {
        return [{ from, count, size: line.size }];
      }
    }
    return [];
  });
  return places.toSorted((a, b) => b.size - a.size)[0];
}

/** Letters and digits alone: bookmarks have other spaces and marks than the line. */
function comparable(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
