// One document on its way to the server, as the tray shows it.
import type { Problem } from "../api/problem.ts";
import type { Refusal } from "./refusal.ts";

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
  /** What went wrong last. An upload that waits with one goes on by itself. */
  problem: Problem | null;
  /** Why it is not even sent. */
  refusal: Refusal | null;
}

/** Problems that trying the same bytes again may solve. */
const worthRetrying = new Set<Problem["code"]>(["INTERNAL", "QUOTA_EXCEEDED", "STORAGE_FULL", "UNAUTHENTICATED"]);

/** Problems that pass by themselves: nobody needs to press anything. */
const passing = new Set<Problem["code"]>(["UNREACHABLE", "UNAVAILABLE", "RATE_LIMITED"]);

export function passesByItself({ code }: Problem): boolean {
  return passing.has(code);
}

/** True when the tray offers to try `upload` again. */
export function mayRetry(upload: Upload): boolean {
  if (upload.status === "cancelled") return true;
  return upload.status === "failed" && upload.problem !== null && worthRetrying.has(upload.problem.code);
}

/** True when nothing more happens to `upload` by itself. */
export function isOver(upload: Upload): boolean {
  return upload.status === "sent" || upload.status === "failed" || upload.status === "cancelled";
}

/** How much of each file of `upload` has been sent, bytes: they go one after another. */
export function sentOfEach({ files, sentBytes }: Pick<Upload, "files" | "sentBytes">): number[] {
  let left = sentBytes;
  return files.map(({ size }) => {
    const sent = Math.min(size, left);
    left -= sent;
    return sent;
  });
}
