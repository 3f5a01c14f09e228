// Deleting a task: marked first, then its objects, then its row. A crash in between leaves a mark that a sweep can finish.
import { writeAudit } from "@legible/db/audit";
import { moveTask } from "@legible/db/task/move";
import type { doneOutput } from "@legible/shared/session";
import { mayMove, taskStatusSchema } from "@legible/shared/status";
import { taskPrefix } from "@legible/storage/keys";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { getTaskRow } from "./row.ts";

/** @throws AppError NOT_FOUND */
export async function deleteTask(
  ctx: SignedInContext,
  input: { taskId: string },
): Promise<z.output<typeof doneOutput>> {
  const { userId } = ctx.session;
  const { database, storage, passwords } = ctx.deps;
  const id = await database.asUser(userId, async (tx) => {
    const task = await getTaskRow(tx, input.taskId);
    if (mayMove(taskStatusSchema.parse(task.status), "cancel")) await moveTask(tx, task.id, "cancel");
    await tx.task.update({ where: { id: task.id }, data: { deletedAt: new Date(), revision: { increment: 1 } } });
    await writeAudit(tx, {
      action: "task.deleted",
      outcome: "success",
      userId,
      object: task.taskId,
      ...auditFacts(ctx),
    });
    return task.id;
  });
  passwords.forget(input.taskId);
  await storage.removePrefix(taskPrefix(input.taskId));
  await database.asUser(userId, (tx) => tx.task.deleteMany({ where: { id } }));
  return { done: true };
}
