// What a job needs to know of its task, read under the system scope and checked: options are JSON from the database.
import type { Tx } from "@legible/db/scopes";
import { type MimeType, mimeTypes } from "@legible/shared/file-type";
import { type OcrOptions, ocrOptionsSchema } from "@legible/shared/options";
import type { TaskStatus } from "@legible/shared/status";
import type { Source } from "./inputs.ts";

export type TaskToRead = {
  /** Numeric id of the row. */
  id: number;
  /** Public id. */
  taskId: string;
  userId: number;
  attempt: number;
  createdAt: Date;
  startedAt: Date | null;
  /** How many pages it has; 0 until that is known. */
  pagesTotal: number;
  /** Corrections made to its pages so far. */
  corrections: number;
  options: OcrOptions;
  /** In document order. */
  sources: Source[];
};

/** The task `id` with its uploaded files, or undefined when it is gone, is not at `attempt` any more or not in `status`. */
export async function loadTask(
  tx: Tx,
  id: number,
  attempt: number,
  status: TaskStatus = "processing",
): Promise<TaskToRead | undefined> {
  const row = await tx.task.findUnique({ where: { id }, include: { files: { orderBy: { position: "asc" } } } });
  if (row === null || row.attempt !== attempt || row.status !== status) return undefined;
  return {
    id: row.id,
    taskId: row.taskId,
    userId: row.userId,
    attempt: row.attempt,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    pagesTotal: row.pagesTotal ?? 0,
    corrections: row.corrections,
    options: ocrOptionsSchema.parse(row.options),
    sources: row.files.map((file) => {
      const mimeType = mimeTypes.find((known) => known === file.mimeType);
      if (file.storedPath === null || file.fileHash === null || mimeType === undefined) {
        throw new Error(`File ${file.id} of task ${id} was started before it was uploaded.`);
      }
      return {
        position: file.position,
        storedPath: file.storedPath,
        mimeType: mimeType satisfies MimeType,
        displayName: file.originalName,
        size: Number(file.fileSize ?? 0),
        sha256: file.fileHash,
      };
    }),
  };
}
