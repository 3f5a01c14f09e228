// Starting a task by hand, when it was created with start: false.
import type { TaskView } from "@legible/shared/task";
import type { SignedInContext } from "../context.ts";
import { beginTask } from "./begin.ts";
import { getTask } from "./get.ts";
import { getTaskRow } from "./row.ts";

/** @throws AppError NOT_FOUND, CONFLICT */
export async function startTask(ctx: SignedInContext, input: { taskId: string }): Promise<TaskView> {
  await ctx.deps.database.asUser(ctx.session.userId, async (tx) => {
    await beginTask(tx, ctx, await getTaskRow(tx, input.taskId));
  });
  return getTask(ctx, input);
}
