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
  const queryClient = useQueryClient();
  const wasReadingAgain = useRef(row.readingAgain);
  // The new reading takes the place of the one before as soon as this page is done, not when the whole run is.
  useEffect(() => {
    const done = wasReadingAgain.current && !row.readingAgain;
    wasReadingAgain.current = row.readingAgain;
    if (done) void queryClient.invalidateQueries(trpc.task.page.queryFilter({ taskId, number: row.number }));
  }, [queryClient, trpc, taskId, row.number, row.readingAgain]);
  return useQuery(
    trpc.task.page.queryOptions(
      { taskId, number: row.number },
      // A tree changes with a correction, whose answer carries it, or when the page is read again, which the live events tell.
      { enabled: hasTree(row), staleTime: Number.POSITIVE_INFINITY },
    ),
  );
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
