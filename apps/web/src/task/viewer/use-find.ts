// Finding in the document: pages and counts from the plain text, words from the tree of the page that is looked at.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { LedgerRow, TaskView } from "../../api/answers.ts";
import { fetchText } from "../../api/fetch-text.ts";
import { downloadUrl } from "../download-url.ts";
import { countMatches, matchedWords, placeOf } from "./find-text.ts";
import { pageLines } from "./page-words.ts";
import { usePageTree } from "./use-page-tree.ts";

export interface Found {
  /** False while the document is not read to its end. */
  possible: boolean;
  total: number;
  /** 0-based; undefined without matches. */
  at: number | undefined;
  /** Index of the page with the match. */
  page: number | undefined;
  /** Words of all matches on the page, and of the one that is looked at. */
  words: readonly string[];
  match: readonly string[];
  /** Goes `step` matches on, round the end, and yields the index of its page. */
  go(step: 1 | -1): number | undefined;
}

const none: readonly string[] = [];

export function useFind(task: TaskView, rows: readonly LedgerRow[], wanted: string, first: LedgerRow): Found {
  const possible = task.status === "completed";
  const [at, setAt] = useState({ wanted, match: 0 });
  const text = useQuery({
    queryKey: ["text", task.taskId, task.completedAt, task.corrections, task.resultsCurrent],
    queryFn: ({ signal }) => fetchText(downloadUrl(task.taskId, "txt"), signal),
    enabled: possible && wanted !== "",
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const counts = useMemo(() => (text.data === undefined ? [] : countMatches(text.data, wanted)), [text.data, wanted]);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const match = at.wanted === wanted && at.match < total ? at.match : 0;
  const place = placeOf(counts, match);
  const row = place === undefined ? undefined : rows[place.page];
  const tree = usePageTree(task.taskId, row ?? first);
  const placed = useMemo(
    () => (row === undefined || tree.data === undefined ? [] : matchedWords(pageLines(tree.data), wanted)),
    [row, tree.data, wanted],
  );
  return {
    possible,
    total,
    at: place === undefined ? undefined : match,
    page: place?.page,
    words: useMemo(() => placed.flat(), [placed]),
    match: place === undefined ? none : (placed[place.match] ?? placed.at(-1) ?? none),
    go(step) {
      if (total === 0) return undefined;
      const next = (match + step + total) % total;
      setAt({ wanted, match: next });
      return placeOf(counts, next)?.page;
    },
  };
}
