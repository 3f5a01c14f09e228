// Refusals that need no round trip, each with its figures. The server checks the same again: nothing here protects anything.
import { sniffBytes, sniffMimeType } from "@legible/shared/file-type";
import type { Me } from "../api/answers.ts";
import type { Messages } from "../messages/en.ts";
import type { Sentence } from "../messages/en-problems.ts";
import { formatBytes } from "../ui/quantities.ts";

export type Refusal =
  | { reason: "empty" | "type" | "gone" }
  | { reason: "size"; bytes: number; limit: number }
  | { reason: "fileCount"; count: number; limit: number }
  | { reason: "documentCount"; count: number; running: number; limit: number }
  | { reason: "storage"; needed: number; used: number; limit: number };

/** Why `file` cannot be read, by its size and first bytes; undefined when it may be. Its name and type decide nothing. */
export async function refuseFile(file: Blob, fileBytes: number): Promise<Refusal | undefined> {
  if (file.size === 0) return { reason: "empty" };
  if (file.size > fileBytes) return { reason: "size", bytes: file.size, limit: fileBytes };
  try {
    const head = new Uint8Array(await file.slice(0, sniffBytes).arrayBuffer());
    return sniffMimeType(head) === undefined ? { reason: "type" } : undefined;
  } catch {
    // Browsers hold a file by its place and date: what was moved or saved anew since is not there any more.
    return { reason: "gone" };
  }
}

/** Why these documents together are more than the person may add now; undefined when they are not. */
export function refuseDocuments(
  documents: readonly (readonly File[])[],
  { limits, usage }: Pick<Me, "limits" | "usage">,
): Refusal | undefined {
  const largest = Math.max(0, ...documents.map((files) => files.length));
  if (largest > limits.filesPerTask) return { reason: "fileCount", count: largest, limit: limits.filesPerTask };
  if (documents.length + usage.runningTasks > limits.runningTasksPerUser) {
    const [count, running, limit] = [documents.length, usage.runningTasks, limits.runningTasksPerUser];
    return { reason: "documentCount", count, running, limit };
  }
  const needed = documents.flat().reduce((sum, file) => sum + file.size, 0);
  if (needed + usage.storageBytes > limits.storageBytesPerUser) {
    return { reason: "storage", needed, used: usage.storageBytes, limit: limits.storageBytesPerUser };
  }
  return undefined;
}

/** The refusal as a person reads it. */
export function refusalSentence(messages: Messages, refusal: Refusal): Sentence {
  const { refusals, errors, failures, locale } = messages;
  const size = (bytes: number) => formatBytes(bytes, locale);
  switch (refusal.reason) {
    case "empty":
      return failures.EMPTY_FILE;
    case "type":
      return errors.UNSUPPORTED_TYPE;
    case "gone":
      return refusals.gone;
    case "size":
      return refusals.size(size(refusal.bytes), size(refusal.limit));
    case "fileCount":
      return refusals.fileCount(refusal.count, refusal.limit);
    case "documentCount":
      return refusals.documentCount(refusal.count, refusal.running, refusal.limit);
    case "storage":
      return refusals.storage(size(refusal.needed), size(refusal.used), size(refusal.limit));
  }
}
