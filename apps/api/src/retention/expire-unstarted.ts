// Documents that are here completely and that nobody starts: their files go after a day, and the row says why.
import { writeAudit } from "@legible/db/audit";
import { moveTask } from "@legible/db/task/move";
import { failureTable } from "@legible/shared/failures";
import { uploadLeftoverMs } from "@legible/shared/limits";
import { taskPrefix } from "@legible/storage/keys";
import type { Deps } from "../deps.ts";

/** Looked at in one run. */
const atOnce = 200;

/** Fails tasks that have waited a day for their start, and removes their files. Returns how many. */
export async function expireUnstarted(deps: Deps, now: Date): Promise<number> {
  const before = new Date(now.getTime() - uploadLeftoverMs);
  const waiting = {
    status: "pending",
    createdAt: { lt: before },
    updatedAt: { lt: before },
    deletedAt: null,
    files: { every: { uploadedAt: { not: null } } },
  };
  const left = await deps.database.asSystem("documents that were not started", (tx) =>
    tx.task.findMany({
      where: waiting,
      select: { id: true, taskId: true, userId: true },
      orderBy: { createdAt: "asc" },
      take: atOnce,
    }),
  );
  let expired = 0;
  for (const task of left) {
    const done = await deps.database.asSystem("expire a document that was not started", async (tx) => {
      const { count } = await tx.task.updateMany({
        // Started, changed or deleted since it was looked up: not ours any more.
        where: { id: task.id, status: "pending", updatedAt: { lt: before }, deletedAt: null },
        data: { fileDeleted: true },
      });
      if (count === 0) return false;
      const errorMessage = failureTable.NOT_STARTED.message;
      await moveTask(tx, task.id, "fail", { errorCode: "NOT_STARTED", errorMessage, completedAt: now });
      await tx.taskFile.updateMany({ where: { taskId: task.id }, data: { storedPath: null } });
      const { userId, taskId } = task;
      const details = { reason: "not started" };
      await writeAudit(tx, { action: "retention.expired", outcome: "success", userId, object: taskId, details });
      return true;
    });
    if (!done) continue;
    deps.passwords.forget(task.taskId);
    // After the rows: a crash in between leaves objects that nobody names, which the comparison with storage removes.
    await deps.storage.removePrefix(taskPrefix(task.taskId));
    expired++;
  }
  return expired;
}
