// One task of the caller's.
import type { TaskView } from "@legible/shared/task";
import type { SignedInContext } from "../context.ts";
import { queuePositions } from "./queue-position.ts";
import { getTaskRow, type TaskRow } from "./row.ts";
import { toTaskView } from "./view.ts";

/** @throws AppError NOT_FOUND */
export async function getTask(ctx: SignedInContext, input: { taskId: string }): Promise<TaskView> {
  const row = await ctx.deps.database.asUser(ctx.session.userId, (tx) => getTaskRow(tx, input.taskId));
  return (await viewTasks(ctx, [row]))[0] as TaskView;
}

/** The views of rows that were read under the caller's rights. */
export async function viewTasks(ctx: SignedInContext, rows: TaskRow[]): Promise<TaskView[]> {
  const positions = await queuePositions(ctx.deps, rows);
  return rows.map((row) => toTaskView(row, positions.get(row.id) ?? null));
}
