// Undoing a deletion, for as long as nothing has been removed. A reading that was going on has ended: the task comes back cancelled, with
// the pages that were finished, and can be retried.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import { undoDeleteMs } from "@legible/shared/limits";
import type { TaskView } from "@legible/shared/task";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { getTask } from "./get.ts";

/** @throws AppError NOT_FOUND when it is not there or the time is over, CONFLICT when it is not deleted. */
export async function restoreTask(ctx: SignedInContext, input: { taskId: string }): Promise<TaskView> {
  const { userId } = ctx.session;
  await ctx.deps.database.asUser(userId, async (tx) => {
    const { count } = await tx.task.updateMany({
      where: { taskId: input.taskId, deletedAt: { gt: new Date(Date.now() - undoDeleteMs) } },
      data: { deletedAt: null, revision: { increment: 1 } },
    });
    if (count === 0) {
      const present = await tx.task.findFirst({ where: { taskId: input.taskId, deletedAt: null } });
      throw new AppError(present === null ? "NOT_FOUND" : "CONFLICT");
    }
    await writeAudit(tx, {
      action: "task.restored",
      outcome: "success",
      userId,
      object: input.taskId,
      ...auditFacts(ctx),
    });
  });
  return getTask(ctx, input);
}
