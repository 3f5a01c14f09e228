// What the address says about the history: filters, order and place in the list.
import type { TaskStatus } from "@legible/shared/status";
import { beginOfDay, dayOf, endOfDay } from "../../ui/days.ts";
import { listedStatuses } from "../list-search.ts";

export const sortedColumns = ["filename", "pages", "status", "createdAt", "completedAt"] as const;
export type SortedColumn = (typeof sortedColumns)[number];
export const pageSizes = [25, 50, 100] as const;

export interface HistorySearch {
  status?: TaskStatus | undefined;
  filename?: string | undefined;
  /** First and last day, as in a date field: 2026-03-31. */
  from?: string | undefined;
  to?: string | undefined;
  sort?: SortedColumn | undefined;
  order?: "asc" | undefined;
  page?: number | undefined;
  size?: (typeof pageSizes)[number] | undefined;
}

/** What does not fit is undefined, and so is what goes without saying. Every key is named: the router lays this over the raw search. */
export function parseHistorySearch(search: Record<string, unknown>): HistorySearch {
  const page = Number(search.page);
  const name =
    typeof search.filename === "string" || typeof search.filename === "number" ? String(search.filename) : "";
  return {
    status: listedStatuses.find((known) => known === search.status),
    filename: name === "" ? undefined : name.slice(0, 200),
    from: dayOf(search.from),
    to: dayOf(search.to),
    sort: sortedColumns.find((column) => column === search.sort && column !== "createdAt"),
    order: search.order === "asc" ? "asc" : undefined,
    page: Number.isInteger(page) && page > 1 && page <= 100_000 ? page : undefined,
    size: pageSizes.find((size) => size === Number(search.size) && size !== 25),
  };
}

/** True when something narrows the list. */
export function isFiltered({ status, filename, from, to }: HistorySearch): boolean {
  return [status, filename, from, to].some((each) => each !== undefined);
}

/** The question to the server; days begin and end where the person is. */
export function toListInput(search: HistorySearch) {
  const { status, filename, from, to, sort = "createdAt", page = 1, size = 25 } = search;
  const order: "asc" | "desc" = search.order ?? "desc";
  return {
    page,
    pageSize: size,
    sort,
    order,
    ...(status === undefined ? {} : { status: [status] }),
    ...(filename === undefined ? {} : { filename }),
    ...(from === undefined ? {} : { from: beginOfDay(from) }),
    ...(to === undefined ? {} : { to: endOfDay(to) }),
  };
}

/** The search after a click on a column's head: downwards first, then upwards. */
export function sortedBy(search: HistorySearch, column: SortedColumn): HistorySearch {
  const { sort = "createdAt", order = "desc" } = search;
  return { ...search, page: undefined, sort: column, order: sort === column && order === "desc" ? "asc" : undefined };
}
