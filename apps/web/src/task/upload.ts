// One document on its way to the server, as the tray shows it.
import type { Problem } from "../api/problem.ts";

export type UploadStatus = "waiting" | "sending" | "sent" | "failed" | "cancelled";

/** What the person chose for a document before adding it. No languages: the installation's. */
export interface Choices {
  languages: readonly string[];
  pdfa: boolean;
}

export interface Upload {
  id: number;
  name: string;
  files: readonly File[];
  choices: Choices;
  status: UploadStatus;
  sentBytes: number;
  totalBytes: number;
  /** Null until enough has been sent to tell. */
  bytesPerSecond: number | null;
  taskId: string | null;
  problem: Problem | null;
}

/** Problems that trying the same bytes again may solve. */
const worthRetrying = new Set<Problem["code"]>([
  "UNREACHABLE",
  "UNAVAILABLE",
  "INTERNAL",
  "RATE_LIMITED",
  "QUOTA_EXCEEDED",
  "STORAGE_FULL",
  "UNAUTHENTICATED",
]);

/** True when the tray offers to try `upload` again. */
export function mayRetry(upload: Upload): boolean {
  if (upload.status === "cancelled") return true;
  return upload.status === "failed" && upload.problem !== null && worthRetrying.has(upload.problem.code);
}

/** True when nothing more happens to `upload` by itself. */
export function isOver(upload: Upload): boolean {
  return upload.status === "sent" || upload.status === "failed" || upload.status === "cancelled";
}

/** Numbers in names count as numbers: page 2 comes before page 10. */
const byName = new Intl.Collator(undefined, { numeric: true });

/**
 * `files` as documents: one each, or all in one. What is dropped or chosen comes in no order that a person gave it (each system has its
 * own), so it is sorted by name.
 */
export function groupFiles(files: readonly File[], grouping: Grouping): File[][] {
  const sorted = [...files].sort((a, b) => byName.compare(a.name, b.name));
  if (sorted.length === 0) return [];
  return grouping === "together" ? [sorted] : sorted.map((file) => [file]);
}
export type Grouping = "each" | "together";
