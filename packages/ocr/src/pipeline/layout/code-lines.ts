// Listings on pages that tell their fonts: runs of lines in one fixed-width font between text in another one. A font alone proves
// nothing (forms are filled in, letters are written with typewriter faces), so what is written must look like code, too.
import { squareLetter } from "../cjk.ts";
import { baselineOf, type LayoutLine, lineLength, lineText } from "./layout-line.ts";

/** Lines in reading order; `code` when they are a listing. */
export type Passage = { code: boolean; lines: LayoutLine[] };

/** Fewer lines are a word that is quoted. */
const fewestLines = 2;
/** Lines of a listing stand so close, in sizes: one line left empty at usual distances (1.5 and less). */
const widestStep = 3;
/** Sizes of one listing are the same; what differs is rounding. */
const sameSize = 0.06;
/** Share of the lines that must look like code: others hold a single word or a comment. */
const mostlyCode = 0.5;
/** Share of a page's letters that listings can have; where more are of fixed width, that is what the page is written in. */
const mostFixed = 0.5;

/** Assignments, brackets of programs, calls, names with underscores, options and variables of shells, comments. */
const codeSign = /[={}<>|\\`]|[;({]$|\w_\w|\w\(|(?:^|\s)--?[a-z]|\$[A-Za-z_({]|^(?:#|\/\/)\s?\w/u;
const address = /@\w|:\/\/|www\./u;

/** `lines` cut at the beginnings and ends of listings. */
export function passages(lines: readonly LayoutLine[]): Passage[] {
  const letters = (some: readonly LayoutLine[]) => some.reduce((sum, line) => sum + lineLength(line), 0);
  const fixed = lines.filter((line) => line.fixed === true);
  if (fixed.length < fewestLines || letters(fixed) > letters(lines) * mostFixed)
    return [{ code: false, lines: [...lines] }];
  const runs: LayoutLine[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && isSameRun(last, line)) run.push(line);
    else runs.push([line]);
  }
  const found: Passage[] = [];
  for (const run of runs) {
    const code = isCode(run);
    const last = found.at(-1);
    if (!code && last?.code === false) last.lines.push(...run);
    else found.push({ code, lines: run });
  }
  return found;
}

function isSameRun(last: LayoutLine, next: LayoutLine): boolean {
  if (last.fixed !== true || next.fixed !== true) return last.fixed !== true && next.fixed !== true;
  const step = baselineOf(next) - baselineOf(last);
  return step > 0 && step < next.size * widestStep && Math.abs(next.size - last.size) < next.size * sameSize;
}

function isCode(run: readonly LayoutLine[]): boolean {
  if (run.length < fewestLines || run.some((line) => line.fixed !== true)) return false;
  const texts = run.map(lineText);
  const signs = texts.filter((text) => codeSign.test(text) && !address.test(text));
  // Fonts of square letters have one width for all of them, whatever they are used for.
  return signs.length >= run.length * mostlyCode && !texts.some((text) => squareLetter.test(text));
}
