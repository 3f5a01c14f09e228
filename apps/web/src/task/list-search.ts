// What the address says about the list: which page of it, which status.
import type { TaskStatus } from "@legible/shared/status";

export interface ListSearch {
  page?: number;
  status?: TaskStatus;
}

/** Statuses in the order in which a document passes them. */
export const listedStatuses = [
  "pending",
  "processing",
  "completed",
  "failed",
  "cancelled",
] as const satisfies TaskStatus[];

/** The search of an address that anybody may have typed: what does not fit is left out. */
export function parseListSearch(search: Record<string, unknown>): ListSearch {
  const page = Number(search.page);
  const status = listedStatuses.find((known) => known === search.status);
  return {
    ...(Number.isInteger(page) && page > 1 && page <= 100_000 ? { page } : {}),
    ...(status === undefined ? {} : { status }),
  };
}
