// The order of the lines of a page without tags. Most programs write a page as it is read; some write headers last, some whatever
// comes first. What is out of order for certain is put where it stands on the page.
import { baselineOf, type LayoutLine, sharedWidth } from "./layout/layout-line.ts";
import { readingRegions } from "./layout/reading-order.ts";

/** Share of lines that stand above the one before them in the same column from which the order is no order: two columns make none. */
const unordered = 0.2;
const fewestLines = 5;
/** Headers and footers have a few lines. */
const mostStragglers = 4;

export function inReadingOrder(lines: readonly LayoutLine[]): LayoutLine[] {
  const ordered = withoutStragglers(lines);
  const jumps = ordered.filter((line, index) => isAboveLast(line, ordered[index - 1])).length;
  if (ordered.length < fewestLines || jumps < ordered.length * unordered) return ordered;
  return readingRegions(ordered.toSorted((a, b) => baselineOf(a) - baselineOf(b) || a.bbox[0] - b.bbox[0])).flat();
}

/** How the line follows the one before it: upwards in the same column. */
function isAboveLast(line: LayoutLine, last: LayoutLine | undefined): boolean {
  return last !== undefined && sharedWidth(last, line) > 0 && baselineOf(line) < baselineOf(last) - line.size;
}

/** Footers written first and headers written last, where nothing stands below or above them, change places. */
function withoutStragglers(lines: readonly LayoutLine[]): LayoutLine[] {
  let rest = [...lines];
  const [headers, footers]: [LayoutLine[], LayoutLine[]] = [[], []];
  for (let count = 0; count < mostStragglers && rest.length > 2; count++) {
    const [first, last] = [rest[0], rest.at(-1)];
    if (first !== undefined && rest.every((line) => line === first || line.bbox[3] <= first.bbox[1])) {
      footers.push(first);
      rest = rest.slice(1);
    } else if (last !== undefined && rest.every((line) => line === last || line.bbox[1] >= last.bbox[3])) {
      headers.unshift(last);
      rest = rest.slice(0, -1);
    } else break;
  }
  return [...headers, ...rest, ...footers.toSorted((a, b) => baselineOf(a) - baselineOf(b))];
}
