// Removes what was deleted and can no longer be undone, also when an earlier removal was interrupted.
import { undoDeleteMs } from "@legible/shared/limits";
import type { Deps } from "../deps.ts";
import { removeTask } from "./remove-task.ts";

/** Tasks removed in one run; the next run is seconds away. */
const atOnce = 200;

/** Returns how many tasks are gone. */
export async function purgeDeleted(deps: Deps, now: Date): Promise<number> {
  const marked = await deps.database.asSystem("deleted tasks", (tx) =>
    tx.task.findMany({
      where: { deletedAt: { lt: new Date(now.getTime() - undoDeleteMs) } },
      select: { id: true, taskId: true, userId: true },
      orderBy: { deletedAt: "asc" },
      take: atOnce,
    }),
  );
  let gone = 0;
  for (const task of marked) if (await removeTask(deps, task, {})) gone++;
  return gone;
}
