// The entries that pass the filters, fetched from the newest on, a stretch at a time.
import { useInfiniteQuery } from "@tanstack/react-query";
import type { AuditPerson } from "../../api/answers.ts";
import { useTRPC, useTRPCClient } from "../../api/trpc.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { type AuditSearch, toAuditFilter } from "./audit-search.ts";

/** Entries fetched at once: two screens. */
const stretch = 100;

export function useAuditLog(search: AuditSearch) {
  const client = useTRPCClient();
  const filter = toAuditFilter(search, useAdminTexts().admin);
  const query = useInfiniteQuery({
    queryKey: useTRPC().admin.auditLogs.infiniteQueryKey({ ...filter, limit: stretch }),
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.admin.auditLogs.query(
        { ...filter, limit: stretch, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    // Each look is an entry of the very log: it is looked at again when somebody wants to, not because a window came to the front.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const pages = query.data?.pages ?? [];
  const people = new Map<number, AuditPerson>(pages.flatMap((page) => page.people).map((each) => [each.id, each]));
  return { query, entries: pages.flatMap((page) => page.items), people };
}
