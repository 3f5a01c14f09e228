// Rules of tables, forms and underlines taken out before recognition: an engine that sees them reads a ruled table as nonsense.
// A rule is a straight dark run much longer than any stroke of a letter, and thin: large letters, dark areas and pictures are thick.
import type { Raster } from "../raster.ts";
import { textHeight } from "../text-height.ts";
import { joinedRules, noRules, type PageRules, type Rule } from "./page-rules.ts";

/**
 * Lengths in heights of the page's letters that a run must reach. Downwards more than the stem of a title in type three times as
 * large; across more, because the bars of capitals that nearly touch ("LEED") make one run.
 */
const shortestDown = 3;
const shortestAcross = 6;
/** Letters of 4 to 7 px run together: a long word of them makes a run of up to so many px. */
const longestWord = 60;
/** Thickest rule, in the same measure: twice the stem of a letter. Titles with stems as long as a rule have thicker ones. */
const thickestRule = 0.3;
/** Grey levels below the paper that a rule must have; fine rules are printed grey. */
const faintest = 40;
/** Levels that the greys of paper spread over. */
const paperRange = 24;
/** Holes that noise and compression leave in a run, px. */
const widestHole = 1;

/** Runs of neighbouring rows are one rule: a rule that is a little askew goes on a row further down, px. */
const nextRow = 2;

/**
 * The picture without its rules, and where these were; the same object when there are none, or too little text to tell a rule from a
 * stroke. The raster must stand upright and level.
 */
export function withoutRules(raster: Raster): { raster: Raster; rules: PageRules } {
  const { width, height, grey } = raster;
  const text = textHeight(raster);
  if (text === undefined) return { raster, rules: noRules };
  const paper = paperOf(grey);
  const thickest = Math.max(3, Math.round(text.middle * thickestRule));
  const marks = new Uint8Array(grey.length);
  const across = markRuns(
    grey,
    marks,
    1,
    { lines: height, length: width, along: 1, next: width },
    Math.max(text.middle * shortestAcross, longestWord),
    paper - faintest,
  );
  const down = markRuns(
    grey,
    marks,
    2,
    { lines: width, length: height, along: width, next: 1 },
    text.middle * shortestDown,
    paper - faintest,
  );
  if (across.length === 0 && down.length === 0) return { raster, rules: noRules };
  const cleaned = Uint8Array.from(grey);
  let erased = 0;
  for (const { line, from, to } of across) {
    for (let x = from; x < to; x++)
      if (erase(grey, cleaned, marks, 1, line * width + x, width, thickest, paper)) erased++;
  }
  for (const { line, from, to } of down) {
    for (let y = from; y < to; y++) if (erase(grey, cleaned, marks, 2, y * width + line, 1, thickest, paper)) erased++;
  }
  const rules = {
    across: thinRules(across, marks, 1, { along: 1, next: width }, thickest),
    down: thinRules(down, marks, 2, { along: width, next: 1 }, thickest),
  };
  return { raster: erased > 0 ? { width, height, grey: cleaned } : raster, rules };
}

/** Runs as rules: those of dark areas, which are thicker than a rule where they are measured, left out. */
function thinRules(
  runs: readonly Run[],
  marks: Uint8Array,
  bit: number,
  { along, next }: Pick<Walk, "along" | "next">,
  thickest: number,
): Rule[] {
  const isMarked = (index: number) => ((marks[index] ?? 0) & bit) !== 0;
  const isThin = ({ line, from, to }: Run, share: number) => {
    const index = line * next + Math.floor(from + (to - from) * share) * along;
    let [before, after] = [0, 0];
    while (before <= thickest && isMarked(index - (before + 1) * next)) before++;
    while (after <= thickest && isMarked(index + (after + 1) * next)) after++;
    return before + after + 1 <= thickest;
  };
  const thin = runs.filter((run) => [0.25, 0.5, 0.75].some((share) => isThin(run, share)));
  return joinedRules(
    thin.map(({ line, from, to }) => ({ at: line + 0.5, from, to })),
    nextRow,
  );
}

type Run = { line: number; from: number; to: number };
/** How to walk over the pixels: `lines` of `length` pixels, `along` and `next` being the steps within a line and to the next. */
type Walk = { lines: number; length: number; along: number; next: number };

/** Long dark runs of one direction, also written into `marks` with `bit`. */
function markRuns(
  grey: Uint8Array,
  marks: Uint8Array,
  bit: number,
  walk: Walk,
  shortest: number,
  darkBelow: number,
): Run[] {
  const runs: Run[] = [];
  // A run that is long enough holds two pixels of every so many: only around those is looked.
  const stride = Math.max(1, Math.floor(shortest / 2));
  for (let line = 0; line < walk.lines; line++) {
    const start = line * walk.next;
    const isDark = (at: number) => (grey[start + at * walk.along] ?? 255) < darkBelow;
    let done = -1;
    for (let probe = stride - 1; probe < walk.length; probe += stride) {
      if (probe <= done || !isDark(probe)) continue;
      let from = probe;
      for (let at = probe - 1; at > done && from - at <= widestHole + 1; at--) if (isDark(at)) from = at;
      let last = probe;
      for (let at = probe + 1; at < walk.length && at - last <= widestHole + 1; at++) if (isDark(at)) last = at;
      done = last;
      if (last + 1 - from < shortest) continue;
      runs.push({ line, from, to: last + 1 });
      for (let at = from; at <= last; at++) {
        const index = start + at * walk.along;
        marks[index] = (marks[index] ?? 0) | bit;
      }
    }
  }
  return runs;
}

/** Paints one pixel of a run white, and its soft edges, where the run is thin. `step` leads across the run. */
function erase(
  grey: Uint8Array,
  cleaned: Uint8Array,
  marks: Uint8Array,
  bit: number,
  index: number,
  step: number,
  thickest: number,
  paper: number,
): boolean {
  let before = 0;
  let after = 0;
  while (before <= thickest && ((marks[index - (before + 1) * step] ?? 0) & bit) !== 0) before++;
  while (after <= thickest && ((marks[index + (after + 1) * step] ?? 0) & bit) !== 0) after++;
  if (before + after + 1 > thickest) return false;
  cleaned[index] = paper;
  // The edge is softened by scanning. What goes on beyond it is a letter that touches the rule.
  for (const [reach, way] of [
    [before, -step],
    [after, step],
  ] as const) {
    const edge = index + (reach + 1) * way;
    const beyond = grey[edge + way] ?? paper;
    if (beyond > paper - faintest) cleaned[edge] = paper;
  }
  return true;
}

/** The middle of the commonest range of bright greys: paper is never of one grey only, white that was added around it is. */
function paperOf(grey: Uint8Array): number {
  const counts = new Uint32Array(256);
  // Every seventh pixel tells as much.
  for (let at = 0; at < grey.length; at += 7) {
    const value = grey[at] ?? 255;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  let best = { middle: 255, count: 0 };
  for (let first = 256 - paperRange; first >= 128; first--) {
    let count = 0;
    let sum = 0;
    for (let value = first; value < first + paperRange; value++) {
      count += counts[value] ?? 0;
      sum += (counts[value] ?? 0) * value;
    }
    if (count > best.count) best = { middle: Math.round(sum / count), count };
  }
  return best.middle;
}
