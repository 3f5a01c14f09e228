// A task's row, found under the caller's rights.
import type { Tx } from "@legible/db/scopes";
import { AppError } from "@legible/shared/errors";

/** A live task and its files. @throws AppError NOT_FOUND when there is none, it is being deleted, or it is somebody else's. */
export async function getTaskRow(tx: Tx, taskId: string) {
  const row = await tx.task.findFirst({
    where: { taskId, deletedAt: null },
    include: { files: { orderBy: { position: "asc" } } },
  });
  if (row === null) throw new AppError("NOT_FOUND");
  return row;
}

export type TaskRow = Awaited<ReturnType<typeof getTaskRow>>;
