// Finding in the document: pages and counts from the plain text, words from the tree of the page that is looked at.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { LedgerRow, TaskView } from "../../api/answers.ts";
import { fetchText } from "../../api/fetch-text.ts";
import { downloadUrl } from "../download-url.ts";
import { countMatches, firstFrom, matchedWords, placeOf, searchablePages } from "./find-text.ts";
import { pageLines, pageWords } from "./page-words.ts";
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
  /** Where the match is, as a share of its page's height; undefined until the page is there. */
  share: number | undefined;
  /** Goes `step` matches on, round the end. */
  go(step: 1 | -1): void;
}

const none: readonly string[] = [];

/** Begins with the first match on the page that is looked at (`current`, its index) when the text is typed, or on one after it. */
export function useFind(
  task: TaskView,
  rows: readonly [LedgerRow, ...LedgerRow[]],
  wanted: string,
  current: number,
): Found {
  const possible = task.status === "completed";
  const [at, setAt] = useState<{ wanted: string; from: number; match?: number }>({ wanted, from: current });
  if (at.wanted !== wanted) setAt({ wanted, from: current });
  const text = useQuery({
    queryKey: ["text", task.taskId, task.completedAt, task.corrections, task.resultsCurrent],
    queryFn: ({ signal }) => fetchText(downloadUrl(task.taskId, "txt"), signal),
    enabled: possible && wanted !== "",
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const searchable = useMemo(() => (text.data === undefined ? [] : searchablePages(text.data)), [text.data]);
  const counts = useMemo(() => countMatches(searchable, wanted), [searchable, wanted]);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const match = at.match !== undefined && at.match < total ? at.match : firstFrom(counts, at.from);
  const place = placeOf(counts, match);
  const row = place === undefined ? undefined : rows[place.page];
  const tree = usePageTree(task.taskId, row ?? rows[0]);
  const placed = useMemo(
    () => (row === undefined || tree.data === undefined ? [] : matchedWords(pageLines(tree.data), wanted)),
    [row, tree.data, wanted],
  );
  const words = place === undefined ? none : (placed[place.match] ?? placed.at(-1) ?? none);
  const [first] = words;
  const share = useMemo(() => {
    if (tree.data === undefined || first === undefined) return undefined;
    const word = pageWords(tree.data).find(({ id }) => id === first);
    return word === undefined ? undefined : word.bbox[1] / tree.data.height;
  }, [tree.data, first]);
  return {
    possible,
    total,
    at: place === undefined ? undefined : match,
    page: place?.page,
    words: useMemo(() => placed.flat(), [placed]),
    match: words,
    share,
    go(step) {
      if (total > 0) setAt({ ...at, match: (match + step + total) % total });
    },
  };
}
