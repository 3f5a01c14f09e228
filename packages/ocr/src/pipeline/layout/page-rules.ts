// The straight rules on a page: what a table is ruled with. Found in a picture or told by a PDF's drawing.

/** A rule: where it stands (its middle, px from the left or from the top), and from where to where it runs, px. */
export type Rule = { at: number; from: number; to: number };
/** Rules that run from left to right, and from top to bottom. */
export type PageRules = { across: Rule[]; down: Rule[] };

export const noRules: PageRules = { across: [], down: [] };

/** Rules are joined one by one: beyond this many they are hatching or a drawing, and none is a table's. */
const mostRules = 3_000;

/** Rules no further apart than `tolerance` px, sideways or from end to end, made one. None when there are too many to be a table's. */
export function joinedRules(rules: readonly Rule[], tolerance: number): Rule[] {
  if (rules.length > mostRules) return [];
  const joined: (Rule & { low: number; high: number })[] = [];
  for (const rule of [...rules].sort((a, b) => a.at - b.at || a.from - b.from)) {
    const touching = joined.filter(
      (one) =>
        rule.at - one.high <= tolerance &&
        rule.at >= one.low - tolerance &&
        rule.from <= one.to + tolerance &&
        rule.to >= one.from - tolerance,
    );
    const [first, ...others] = touching;
    if (first === undefined) {
      joined.push({ ...rule, low: rule.at, high: rule.at });
      continue;
    }
    for (const one of [{ ...rule, low: rule.at, high: rule.at }, ...others]) {
      first.from = Math.min(first.from, one.from);
      first.to = Math.max(first.to, one.to);
      first.low = Math.min(first.low, one.low);
      first.high = Math.max(first.high, one.high);
    }
    for (const other of others) joined.splice(joined.indexOf(other), 1);
  }
  return joined.map(({ from, to, low, high }) => ({ at: (low + high) / 2, from, to }));
}
