// What an assembly leaves behind that did not come to its end.
import { resultPrefix } from "@legible/storage/keys";
import type { WorkDeps } from "./deps.ts";
import type { TaskToRead } from "./load-task.ts";

/**
 * Removes what this run has assembled, unless the task names it: its transaction may have been committed without an answer. Where the
 * database cannot be asked it stays, and the comparison with storage removes it.
 */
export async function dropResults(deps: WorkDeps, task: TaskToRead, lease: string): Promise<void> {
  const prefix = resultPrefix(task.taskId, task.attempt, lease);
  try {
    const where = { id: task.id, resultJsonPath: { startsWith: prefix } };
    const named = await deps.database.asSystem("are these results named", (tx) => tx.task.count({ where }));
    if (named === 0) await deps.storage.removePrefix(prefix);
  } catch (error) {
    deps.log.warn({ taskId: task.taskId, error: String(error) }, "Results of a run that ended could not be removed.");
  }
}
