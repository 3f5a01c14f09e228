// The task history in English.
import { createPlural } from "./plural.ts";

const plural = createPlural("en");

export const history = {
  title: "All documents",
  open: "All documents",
  figures: { all: "All", pending: "Waiting", processing: "Running", completed: "Done", failed: "Failed" },
  figuresLabel: "Documents by status",
  filename: "File name",
  filenamePlaceholder: "Part of a name",
  status: "Status",
  from: "Added from",
  to: "Added until",
  clear: "Clear filters",
  columns: {
    filename: "Name",
    pages: "Pages",
    status: "Status",
    confidence: "Confidence",
    time: "Time taken",
    createdAt: "Added",
    expires: "Expires",
    actions: "Actions",
  },
  sortBy: (column: string): string => `Sort by ${column}`,
  caption: "Documents",
  select: (name: string): string => `Select ${name}`,
  selectAll: "Select all on this page",
  selected: (count: number): string => `${count.toLocaleString("en")} selected`,
  selection: "Selected documents",
  deselect: "Clear selection",
  actionsOf: (name: string): string => `Actions for ${name}`,
  never: "–",
  empty: "No documents yet",
  emptyText: "Documents that you add appear here.",
  add: "Add documents",
  noMatch: "No documents match",
  noMatchText: "Change the filters, or clear them to see all documents.",
  pageSize: "Rows",
  range: (from: number, to: number, total: number): string =>
    `${from.toLocaleString("en")}–${to.toLocaleString("en")} of ${total.toLocaleString("en")}`,
  deleteTitle: (count: number): string =>
    count === 1 ? "Delete this document?" : `Delete ${plural(count, { one: "document", other: "documents" })}?`,
  deleteText: "The documents and everything read from them will be deleted. For ten seconds this can be undone.",
  deleteConfirm: "Delete",
  done: (count: number): string => `Done for ${plural(count, { one: "document", other: "documents" })}.`,
  partly: (failed: number): string =>
    `${plural(failed, { one: "document was", other: "documents were" })} left alone: the status no longer allows it.`,
};
