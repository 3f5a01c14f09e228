// What the address says about the list: which page of it, which status.
import type { TaskStatus } from "@legible/shared/status";

export interface ListSearch {
  page?: number | undefined;
  status?: TaskStatus | undefined;
}

/** Statuses in the order in which a document passes them. */
export const listedStatuses = [
  "pending",
  "processing",
  "completed",
  "failed",
  "cancelled",
] as const satisfies TaskStatus[];

/**
 * The search of an address that anybody may have typed: what does not fit is undefined. Every key is named, because the router
 * lays this over the raw search, and a key that is merely missing would let the raw value through.
 */
export function parseListSearch(search: Record<string, unknown>): ListSearch {
  const page = Number(search.page);
  const status = listedStatuses.find((known) => known === search.status);
  return {
    page: Number.isInteger(page) && page > 1 && page <= 100_000 ? page : undefined,
    status,
  };
}
