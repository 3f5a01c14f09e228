import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import type { LedgerRow, PageTree } from "../../api/answers.ts";
import { useTRPC } from "../../api/trpc.ts";

/** A page without a tree: it waits, failed, or is not shown. */
export function hasTree(row: LedgerRow | undefined): boolean {
  return row !== undefined && row.source !== null && row.source !== "failed";
}

/** The tree of the page in `row`, fetched when there is one. */
export function usePageTree(taskId: string, row: LedgerRow) {
  const trpc = useTRPC();
  return useQuery(
    trpc.task.page.queryOptions(
      { taskId, number: row.number },
      // A tree changes with a correction, whose answer carries it, or when the page is read again, which the live events tell.
      { enabled: hasTree(row), staleTime: Number.POSITIVE_INFINITY },
    ),
  );
}

/** A new reading takes the place of the one before as soon as its page is done, not when the whole run is. */
export function useRereadTrees(taskId: string, rows: readonly LedgerRow[]): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const before = useRef<ReadonlySet<number>>(new Set());
  useEffect(() => {
    const now = new Set(rows.filter((row) => row.readingAgain).map((row) => row.number));
    for (const number of before.current)
      if (!now.has(number)) void queryClient.invalidateQueries(trpc.task.page.queryFilter({ taskId, number }));
    before.current = now;
  }, [queryClient, trpc, taskId, rows]);
}

/** Fetches trees by page number, from the cache where they are held. */
export function useFetchTree(taskId: string): (number: number) => Promise<PageTree> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMemo(
    () => (number) =>
      queryClient.fetchQuery({
        ...trpc.task.page.queryOptions({ taskId, number }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    [queryClient, trpc, taskId],
  );
}
