// Which parts of a block's running text are links, and which are marks of notes.
import type { Block } from "@legible/shared/document";
import { joinLines, joinWords, wordLines } from "@legible/shared/tree-words";
import type { NoteLabels } from "./note-labels.ts";

/** Characters `from` to `to` (not included) of the text lead to `href`, or are the mark of the note that is called `note`. */
export type TextLink = { from: number; to: number } & ({ href: string } | { note: string });

/** Neighbouring words with the same address, or without one, line by line. */
type Run = { href: string | undefined; lines: string[][] };

/** The links of `text`, which is the running text of `block`, in order. Words that show their address need none. */
export function textLinks(block: Block, text: string): TextLink[] {
  const links: TextLink[] = [];
  let cursor = 0;
  for (const { href, lines } of runsOf(block)) {
    const shown = joinLines(lines.map(joinWords));
    const from = text.indexOf(shown, cursor);
    // A hyphen at the end of a line may have joined the last word with one that is no link.
    if (from < 0) continue;
    cursor = from + shown.length;
    // Readers of Markdown make links of addresses themselves, and a link may not stand in a link.
    const to = from + shown.replace(/(?<=.)[.,;:]$/u, "").length;
    if (href === undefined) continue;
    if (!/:\/\/|www\.|@/iu.test(shown)) links.push({ from, to, href });
  }
  return links;
}

/**
 * `links` with the marks of notes in `text`, which is the running text of `block`. A mark in a link is left out, and one before a mark
 * with which Markdown would read it as something else.
 */
export function withNotes(links: readonly TextLink[], block: Block, text: string, labels: NoteLabels): TextLink[] {
  const notes: TextLink[] = [];
  let cursor = 0;
  for (const { id, text: shown, mark } of wordLines(block).flatMap((line) => line.words)) {
    const at = text.indexOf(shown, cursor);
    if (at < 0) continue;
    cursor = at + shown.length;
    const note = labels.words.get(id);
    if (note === undefined || mark === undefined) continue;
    const [from, to] = [at + mark.from, at + mark.to];
    if (/[(:[]/u.test(text.charAt(to)) || links.some((link) => link.from < to && from < link.to)) continue;
    notes.push({ from, to, note });
  }
  return notes.length === 0 ? [...links] : [...links, ...notes].sort((a, b) => a.from - b.from);
}

function runsOf(block: Block): Run[] {
  const runs: Run[] = [];
  for (const line of wordLines(block)) {
    let words: string[] | undefined;
    for (const { text, href } of line.words) {
      const last = runs.at(-1);
      if (last === undefined || last.href !== href) {
        words = [text];
        runs.push({ href, lines: [words] });
      } else if (words === undefined) {
        words = [text];
        last.lines.push(words);
      } else words.push(text);
    }
  }
  return runs;
}

/** `links` of a text whose first `cut` characters are gone. */
export function cutLinks(links: readonly TextLink[], cut: number): TextLink[] {
  return links.filter(({ from }) => from >= cut).map((link) => ({ ...link, from: link.from - cut, to: link.to - cut }));
}
