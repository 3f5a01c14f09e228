// The end of a task that cannot be read at all: status, code and sentence, and the audit entry, in one transaction.
import { writeAudit } from "@legible/db/audit";
import { holdTask } from "@legible/db/task/lease";
import { moveTask } from "@legible/db/task/move";
import { type FailureCode, failureTable } from "@legible/shared/failures";
import type { WorkDeps } from "./deps.ts";
import { elapsedMs } from "./elapsed-ms.ts";
import type { TaskToRead } from "./load-task.ts";

/** Fails `task` unless the lease is lost, in which case somebody else decides what becomes of it. */
export async function failTask(
  deps: WorkDeps,
  task: TaskToRead,
  failure: { code: FailureCode; page?: number; lease: string },
): Promise<void> {
  await deps.database.asSystem("fail task", async (tx) => {
    const held = await holdTask(tx, { task: task.id, attempt: task.attempt, lease: failure.lease });
    if (!held) return;
    await moveTask(tx, task.id, "fail", {
      errorCode: failure.code,
      errorMessage: failureTable[failure.code].message,
      errorPage: failure.page ?? null,
      completedAt: new Date(),
      processingTimeMs: elapsedMs(task.startedAt),
    });
    await writeAudit(tx, {
      action: "task.failed",
      outcome: "failure",
      userId: task.userId,
      object: task.taskId,
      details: { code: failure.code },
    });
  });
  deps.passwords.forget(task.taskId);
}
