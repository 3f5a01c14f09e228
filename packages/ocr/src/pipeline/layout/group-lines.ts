// Lines become groups that are read in one go: paragraphs, headings, items of lists. Order is kept.
import { baselineOf, type LayoutLine, sharedWidth, weightedMedian } from "./layout-line.ts";

export type LineStyle = {
  /** Share by which sizes of one text may differ. */
  sameSize: number;
  /** Usual size of letters and distance of lines, px. */
  bodySize: number;
  usualStep: number;
};

/** Lines further apart than this many usual distances start a new paragraph: half of the smallest usual paragraph space. */
const paragraphGap = 1.35;
/** Line distance above which two lines never belong together, in sizes: double spacing is 2.4 at most. */
const widestStep = 2.6;
/** Lines that tags call one paragraph may stand twice as far apart as usual. */
const taggedGap = 2;
/** A first line is indented by at least this much, in sizes: one em, less what measuring costs. */
const indent = 0.8;
/** From here on, in body sizes, type is a title's, whose lines are broken by hand. */
const titleScale = 1.15;
/** Lines of a title that stand under each other are this far apart at most, in sizes: Chinese ones are set wider than 1.2. */
const titleStep = 1.4;
/** Titles of more lines are lists of names and places on a cover. */
const mostTitleLines = 3;

/** A rule that was typed: one mark, over and over. */
const typedRule = /^([-=_*.~—─])\1{4,}$/u;

/** Groups of `lines`; a line in `starts` begins a group. */
export function groupLines(
  lines: readonly LayoutLine[],
  starts: { has(line: LayoutLine): boolean },
  style: LineStyle,
): LayoutLine[][] {
  const groups: LayoutLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (
      group !== undefined &&
      !starts.has(line) &&
      !startsNote(line, style) &&
      continues(group, line, lines, starts, style)
    )
      group.push(line);
    else groups.push([line]);
  }
  return groups;
}

function isTypedRule({ words: [first, ...others] }: LayoutLine): boolean {
  return first !== undefined && others.length === 0 && typedRule.test(first.text);
}

/** A note begins with a raised mark and is set smaller than the text, where a mark may come to stand at the beginning of a line as well. */
function startsNote({ words: [first], size }: LayoutLine, { bodySize }: LineStyle): boolean {
  return first?.mark?.from === 0 && size < bodySize;
}

/** Usual distance between lines that follow each other downwards, px. */
export function usualStep(lines: readonly LayoutLine[]): number {
  const steps = lines.slice(1).flatMap((line, index) => {
    const last = lines[index];
    const step = last === undefined || sharedWidth(last, line) <= 0 ? 0 : baselineOf(line) - baselineOf(last);
    return step > 0 && step < line.size * widestStep ? [[step, 1] as const] : [];
  });
  return weightedMedian(steps);
}

function continues(
  group: readonly LayoutLine[],
  next: LayoutLine,
  lines: readonly LayoutLine[],
  starts: { has(line: LayoutLine): boolean },
  style: LineStyle,
): boolean {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return false;
  if (last.tag !== undefined || next.tag !== undefined) {
    // The page may end a paragraph's column; a wide space inside a paragraph was not meant by who tagged it.
    const down = baselineOf(next) - baselineOf(last);
    return last.tag?.block === next.tag?.block && down < Math.max(style.usualStep, next.size) * taggedGap;
  }
  if (last.bold !== next.bold || isTypedRule(last) || isTypedRule(next)) return false;
  if (Math.abs(next.size - last.size) > style.sameSize * Math.max(next.size, last.size)) return false;
  if (sharedWidth(last, next) <= 0) return false;
  const step = baselineOf(next) - baselineOf(last);
  const closest = isNextOfTitle(group, last, next, style) ? titleStep : 1.1;
  const longest = Math.max(style.usualStep * paragraphGap, next.size * closest);
  if (step <= 0 || step > Math.min(longest, next.size * widestStep)) return false;
  // What stands further left than the marker of an item is no part of the item.
  if (starts.has(first) && next.bbox[0] < first.bbox[0] - next.size * 0.3) return false;
  if (Math.min(last.size, next.size) >= style.bodySize * titleScale) return true;
  const indented = next.bbox[0] - (group.length > 1 ? last.bbox[0] : first.bbox[0]) > next.size * indent;
  if (indented && !starts.has(first) && (group.length > 1 || !hangs(first, next, lines))) return false;
  return !endsEarly(last, next, lines);
}

/** True when `next` is set like the large line before it: beginning under its beginning, or with the same middle. */
function isNextOfTitle(group: readonly LayoutLine[], last: LayoutLine, next: LayoutLine, style: LineStyle): boolean {
  if (Math.min(last.size, next.size) < style.bodySize * titleScale || group.length >= mostTitleLines) return false;
  const [left, right] = [next.bbox[0] - last.bbox[0], next.bbox[2] - last.bbox[2]];
  return Math.min(Math.abs(left), Math.abs(left + right) / 2) < next.size / 2;
}

/** True when lines after `next` stand under it: `first` then has a hanging indent. */
function hangs(first: LayoutLine, next: LayoutLine, lines: readonly LayoutLine[]): boolean {
  const after = lines[lines.indexOf(next) + 1];
  return after !== undefined && Math.abs(after.bbox[0] - next.bbox[0]) < next.size / 2 && after.bbox[0] > first.bbox[0];
}

/** True when the first word of `next` had still fitted on `last`: its writer ended the line. */
function endsEarly(last: LayoutLine, next: LayoutLine, lines: readonly LayoutLine[]): boolean {
  const word = next.words[0];
  if (word === undefined) return false;
  const column = lines.filter((line) => sharedWidth(line, last) > (last.bbox[2] - last.bbox[0]) / 2);
  const left = Math.min(last.bbox[0], next.bbox[0]);
  // Most lines of running text reach the edge; titles and what goes over several columns reach beyond it.
  const edges = column.filter((line) => line.bbox[0] > left - last.size * 2).map((line) => line.bbox[2]);
  const right = edges.sort((a, b) => b - a)[Math.floor(edges.length / 4)] ?? 0;
  const wordWidth = Math.min(word.bbox[2] - word.bbox[0], last.size * 12);
  return last.bbox[2] + wordWidth + last.size < right;
}
