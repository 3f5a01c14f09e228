// Stopping a task. Its worker notices: every write of a result asks for the status and the lease.
import { writeAudit } from "@legible/db/audit";
import { moveTask } from "@legible/db/task/move";
import type { TaskView } from "@legible/shared/task";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { getTask } from "./get.ts";
import { getTaskRow } from "./row.ts";

/** @throws AppError NOT_FOUND, CONFLICT when it is settled already. */
export async function cancelTask(ctx: SignedInContext, input: { taskId: string }): Promise<TaskView> {
  const { userId } = ctx.session;
  await ctx.deps.database.asUser(userId, async (tx) => {
    const task = await getTaskRow(tx, input.taskId);
    await moveTask(tx, task.id, "cancel", { completedAt: new Date() });
    await writeAudit(tx, {
      action: "task.cancelled",
      outcome: "success",
      userId,
      object: task.taskId,
      ...auditFacts(ctx),
    });
  });
  ctx.deps.passwords.forget(input.taskId);
  return getTask(ctx, input);
}
