// Pages whose trees were lost or damaged in storage before they were assembled: a disk that lies, a file cut short by a power cut. They are
// read again, and the assembly follows.
import { writeAudit } from "@legible/db/audit";
import { holdTask, returnTask } from "@legible/db/task/lease";
import type { WorkDeps } from "./deps.ts";
import type { TaskToRead } from "./load-task.ts";
import { resumeTask } from "./resume-task.ts";

/** Claims after which a page is not read again because of its tree: the storage is what has to be mended then. */
const maxClaims = 4;

/** Numbers of pages whose trees are not in storage as they were written. */
export class LostPages extends Error {
  readonly numbers: readonly number[];

  constructor(numbers: readonly number[]) {
    super(`The trees of pages ${numbers.join(", ")} are missing or damaged.`);
    this.name = "LostPages";
    this.numbers = numbers;
  }
}

/** Lets the lost pages wait to be read and ends the assembly. False: that was done often enough, or the lease is lost. */
export async function readLostPages(
  deps: WorkDeps,
  task: TaskToRead,
  lease: string,
  { numbers }: LostPages,
): Promise<boolean> {
  const where = { taskId: task.id, number: { in: [...numbers] }, status: "done" };
  const gone = await deps.database.asSystem("read lost pages", async (tx) => {
    const held = { task: task.id, attempt: task.attempt, lease };
    if (!(await holdTask(tx, held))) return;
    const rows = await tx.taskPage.findMany({ where, select: { tries: true, resultPath: true } });
    if (rows.some((row) => row.tries >= maxClaims)) return;
    await tx.taskPage.updateMany({ where, data: { status: "waiting", resultPath: null, resultHash: null } });
    await tx.task.update({
      where: { id: task.id },
      data: { pagesDone: { decrement: rows.length }, revision: { increment: 1 } },
    });
    const { id, attempt, userId, taskId } = task;
    const details = { pages: rows.length };
    await writeAudit(tx, { action: "storage.repaired", outcome: "success", userId, object: taskId, details });
    await resumeTask(deps, tx, { id, attempt, userId });
    await returnTask(tx, held);
    return rows;
  });
  if (gone === undefined) return false;
  deps.log.error(
    { taskId: task.taskId, pages: numbers },
    "Pages were missing or damaged in storage and are read again.",
  );
  for (const { resultPath } of gone) if (resultPath !== null) await deps.storage.remove(resultPath);
  return true;
}
