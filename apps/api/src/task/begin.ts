// Setting a task going: its status, its first job and the audit entry, in the caller's transaction.
import { writeAudit } from "@legible/db/audit";
import { planJob } from "@legible/db/jobs";
import type { Tx } from "@legible/db/scopes";
import { fairPriority } from "@legible/db/task/fair-priority";
import { moveTask } from "@legible/db/task/move";
import { AppError } from "@legible/shared/errors";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { assertMayRun } from "./quota.ts";
import type { TaskRow } from "./row.ts";

/** @throws AppError CONFLICT when a file is missing or the task is not pending, QUOTA_EXCEEDED. */
export async function beginTask(tx: Tx, ctx: SignedInContext, task: TaskRow): Promise<void> {
  const missing = task.files.filter((file) => file.uploadedAt === null).map((file) => file.position);
  if (missing.length > 0) {
    throw new AppError("CONFLICT", "Not every file has arrived yet.", { details: { missing } });
  }
  const { userId } = ctx.session;
  await assertMayRun(tx, ctx);
  const priority = await fairPriority(tx, userId);
  await moveTask(tx, task.id, "start");
  await ctx.deps.database.queue.send(tx, planJob, { task: task.id, attempt: task.attempt }, { userId, priority });
  await writeAudit(tx, {
    action: "task.started",
    outcome: "success",
    userId,
    object: task.taskId,
    ...auditFacts(ctx),
  });
}
