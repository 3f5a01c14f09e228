// Deleting a task: hidden at once, removed for good by the sweep when it can no longer be undone (retention/purge-deleted.ts).
import { writeAudit } from "@legible/db/audit";
import { moveTask } from "@legible/db/task/move";
import { AppError } from "@legible/shared/errors";
import { undoDeleteMs } from "@legible/shared/limits";
import { taskStatusSchema } from "@legible/shared/status";
import type { deleteOutput } from "@legible/shared/task";
import { mayMove } from "@legible/shared/task-moves";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { getTaskRow } from "./row.ts";

/** Ends the reading, too. @throws AppError NOT_FOUND */
export async function deleteTask(
  ctx: SignedInContext,
  input: { taskId: string },
): Promise<z.output<typeof deleteOutput>> {
  const { userId } = ctx.session;
  const { database, passwords } = ctx.deps;
  const deletedAt = await database.asUser(userId, async (tx) => {
    // Whoever cancels it at the same moment comes before or after: a deletion takes a document in any state.
    await tx.$queryRaw`SELECT id FROM tool_ocr_tasks WHERE task_id = ${input.taskId} FOR UPDATE`;
    const task = await getTaskRow(tx, input.taskId);
    const now = new Date();
    if (mayMove(taskStatusSchema.parse(task.status), "cancel")) {
      await moveTask(tx, task.id, "cancel", { completedAt: now });
    }
    const { count } = await tx.task.updateMany({
      where: { id: task.id, deletedAt: null },
      // The key is free again: the document it named is gone for its owner.
      data: { deletedAt: now, idempotencyKey: null, revision: { increment: 1 } },
    });
    if (count === 0) throw new AppError("NOT_FOUND");
    await writeAudit(tx, {
      action: "task.deleted",
      outcome: "success",
      userId,
      object: task.taskId,
      ...auditFacts(ctx),
    });
    return now;
  });
  passwords.forget(input.taskId);
  return { done: true, until: new Date(deletedAt.getTime() + undoDeleteMs).toISOString() };
}
