// Rows of a task as everybody sees them. Only what is named here leaves the server.
import { type Failure, failureCodeSchema, failureTable } from "@legible/shared/failures";
import { noteCodeSchema, noteTable } from "@legible/shared/notes";
import { ocrOptionsSchema } from "@legible/shared/options";
import { taskStatusSchema } from "@legible/shared/status";
import type { TaskView } from "@legible/shared/task";
import type { Place } from "./queue-place.ts";
import type { TaskRow } from "./row.ts";

/** True while a task has been started and nobody has opened its file yet. */
export function isWaiting(row: Pick<TaskRow, "status" | "pagesTotal" | "lease">): boolean {
  return row.status === "processing" && row.pagesTotal === null && row.lease === null;
}

const dayMs = 24 * 60 * 60_000;

export function toTaskView(row: TaskRow, more: { retentionDays: number; place: Place | undefined }): TaskView {
  return {
    taskId: row.taskId,
    filename: row.filename,
    fileType: row.fileType,
    status: taskStatusSchema.parse(row.status),
    pagesTotal: row.pagesTotal,
    pagesDone: row.pagesDone,
    pagesFailed: row.pagesFailed,
    queuePosition: more.place?.position ?? null,
    estimatedMs: more.place?.estimatedMs ?? null,
    confidence: row.confidence,
    processingTimeMs: row.processingTimeMs,
    error: toFailure(row),
    notes: noteCodeSchema.options
      .filter((code) => row.notes.includes(code))
      .map((code) => ({ code, message: noteTable[code] })),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
    expiresAt: expiryOf(row, more.retentionDays),
    fileDeleted: row.fileDeleted,
    duplicateOf: row.duplicateOf,
    corrections: row.corrections,
    resultsCurrent: row.corrections === row.correctionsAssembled,
    options: ocrOptionsSchema.parse(row.options),
    revision: row.revision,
    files: row.files.map((file) => ({
      position: file.position,
      name: file.originalName,
      size: file.fileSize,
      mimeType: file.mimeType,
      sha256: file.fileHash,
      uploaded: file.uploadedAt !== null,
    })),
  };
}

/** Counted with the setting as it is now: what is longer there follows a change of it, too. */
function expiryOf({ completedAt }: Pick<TaskRow, "completedAt">, retentionDays: number): string | null {
  if (completedAt === null || retentionDays === 0) return null;
  return new Date(completedAt.getTime() + retentionDays * dayMs).toISOString();
}

function toFailure(row: Pick<TaskRow, "errorCode" | "errorPage">): Failure | null {
  const code = failureCodeSchema.safeParse(row.errorCode);
  if (!code.success) return null;
  const { message } = failureTable[code.data];
  return { code: code.data, message, ...(row.errorPage === null ? {} : { page: row.errorPage }) };
}
