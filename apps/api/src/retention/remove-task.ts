// The end of a task that is marked as deleted: its objects, then its row. The row goes last, so that a crash in between leaves the mark,
// and the next sweep goes on.
import type { AuditEntry } from "@legible/db/audit";
import { writeAudit } from "@legible/db/audit";
import { taskPrefix } from "@legible/storage/keys";
import type { Deps } from "../deps.ts";

type Marked = { id: number; taskId: string; userId: number };

/** False when it was restored meanwhile. */
export async function removeTask(deps: Deps, task: Marked, details: AuditEntry["details"]): Promise<boolean> {
  const { count } = await deps.database.asSystem("remove a deleted task", (tx) =>
    // A mark of long ago cannot be undone, whatever the clocks of other processes say.
    tx.task.updateMany({ where: { id: task.id, deletedAt: { not: null } }, data: { deletedAt: new Date(0) } }),
  );
  if (count === 0) return false;
  await deps.storage.removePrefix(taskPrefix(task.taskId));
  return await deps.database.asSystem("remove a deleted task", async (tx) => {
    const { count } = await tx.task.deleteMany({ where: { id: task.id, deletedAt: { not: null } } });
    if (count === 0) return false;
    const { userId, taskId } = task;
    await writeAudit(tx, { action: "retention.purged", outcome: "success", userId, object: taskId, details });
    return true;
  });
}
