// Pages as people and the server write them: 1-3,7. The schema of the server (packages/shared/src/options.ts) says the same; it is not
// loaded here, because zod tries `new Function`, which the page's content security policy refuses and reports.

const part = /^(\d{1,6})(?:(-)(\d{0,6}))?$/u;

/** The shortest way to write `numbers`, whatever their order. */
export function toRanges(numbers: Iterable<number>): string {
  const runs: [number, number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

export type ChosenPages =
  | { numbers: readonly number[]; problem?: undefined }
  | { numbers: readonly []; problem: "wrong" | "long" };

/** The pages that `text` names of a document of `total`. */
export function readRanges(text: string, total: number): ChosenPages {
  // The server's own bound on the text.
  if (text.length > 200) return { numbers: [], problem: "long" };
  const numbers = new Set<number>();
  for (const written of text.split(",")) {
    const [, first, dash, end] = part.exec(written.trim()) ?? [];
    if (first === undefined) return { numbers: [], problem: "wrong" };
    const last = dash === undefined ? Number(first) : end ? Number(end) : total;
    for (let number = Math.max(1, Number(first)); number <= Math.min(total, last); number++) numbers.add(number);
  }
  return numbers.size === 0 ? { numbers: [], problem: "wrong" } : { numbers: [...numbers].sort((a, b) => a - b) };
}
