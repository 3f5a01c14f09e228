// Lines whose place in the reading order nothing tells but where they stand: values of form fields, text that no tag names.
import { baselineOf, type LayoutLine, sharedWidth } from "./layout/layout-line.ts";
import { union } from "./page-tree.ts";

/** A value stands so far from its label at most, in sizes. */
const widestLabelGap = 14;

/** `lines` with `line` in a gap of another, or after its label, or after the last line above it, or before all. */
export function withLooseLine(lines: readonly LayoutLine[], line: LayoutLine): LayoutLine[] {
  const around = lines.findIndex((other) => inRow(other, line) && hasGapFor(other, line));
  const host = lines[around];
  if (host !== undefined && host.tag?.made === undefined) return lines.with(around, filled(host, line));
  const at = placeOf(lines, line);
  return [...lines.slice(0, at), line, ...lines.slice(at)];
}

function placeOf(lines: readonly LayoutLine[], line: LayoutLine): number {
  let label = -1;
  for (const [index, other] of lines.entries()) {
    const gap = line.bbox[0] - other.bbox[2];
    if (!inRow(other, line) || gap < 0 || gap > widestLabelGap * line.size) continue;
    if (other.bbox[2] >= (lines[label]?.bbox[2] ?? 0)) label = index;
  }
  if (label >= 0) return label + 1;
  const isAbove = (other: LayoutLine) => other.bbox[3] <= line.bbox[1] + line.size / 2;
  const column = lines.findLastIndex((other) => isAbove(other) && sharedWidth(other, line) > 0);
  const below = lines.findIndex((other) => !isAbove(other));
  return column >= 0 ? column + 1 : below >= 0 ? below : lines.length;
}

function inRow(other: LayoutLine, line: LayoutLine): boolean {
  return Math.abs(baselineOf(other) - baselineOf(line)) < Math.min(other.size, line.size) * 0.6;
}

/** True when no word of `other` stands where `line` does, and some stand on both sides. */
function hasGapFor({ words }: LayoutLine, { bbox }: LayoutLine): boolean {
  return (
    words.some((word) => word.bbox[2] <= bbox[0]) &&
    words.some((word) => word.bbox[0] >= bbox[2]) &&
    words.every((word) => word.bbox[2] <= bbox[0] || word.bbox[0] >= bbox[2])
  );
}

function filled(host: LayoutLine, line: LayoutLine): LayoutLine {
  const words = [...host.words, ...line.words].sort((a, b) => a.bbox[0] - b.bbox[0]);
  return { ...host, words, bbox: union([host.bbox, line.bbox]) };
}
