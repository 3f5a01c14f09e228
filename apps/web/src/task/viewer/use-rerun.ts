// Which pages are to be read again, while somebody chooses: written in the form or ticked in the list of pages.
import { useMemo, useState } from "react";
import { readRanges, toRanges } from "./page-ranges.ts";

export interface Rerun {
  ranges: string;
  /** To begin with, when the page itself suggests them. */
  languages?: readonly string[] | undefined;
}

export function useRerun(total: number) {
  const [rerun, setRerun] = useState<Rerun>();
  const chosen = useMemo(
    () => (rerun === undefined ? undefined : new Set(readRanges(rerun.ranges, total).numbers)),
    [rerun, total],
  );
  return {
    rerun,
    /** Undefined while nobody chooses. */
    chosen,
    begin: (number: number, languages?: readonly string[]) => setRerun({ ranges: String(number), languages }),
    write: (ranges: string) => setRerun((before) => before && { ...before, ranges }),
    tick: (number: number, on: boolean) => {
      const next = new Set(chosen);
      if (on) next.add(number);
      else next.delete(number);
      setRerun((before) => before && { ...before, ranges: toRanges(next) });
    },
    end: () => setRerun(undefined),
  };
}
