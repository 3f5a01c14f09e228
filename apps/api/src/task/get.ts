// One task of the caller's.
import type { TaskView } from "@legible/shared/task";
import type { SignedInContext } from "../context.ts";
import { queuePlaces } from "./queue-place.ts";
import { getTaskRow, type TaskRow } from "./row.ts";
import { toTaskView } from "./view.ts";

/** @throws AppError NOT_FOUND */
export async function getTask(ctx: SignedInContext, input: { taskId: string }): Promise<TaskView> {
  const row = await ctx.deps.database.asUser(ctx.session.userId, (tx) => getTaskRow(tx, input.taskId));
  return (await viewTasks(ctx, [row]))[0] as TaskView;
}

/** The views of rows that were read under the caller's rights. */
export async function viewTasks(ctx: SignedInContext, rows: TaskRow[]): Promise<TaskView[]> {
  const places = await queuePlaces(ctx.deps, rows);
  const { retentionDays } = ctx.deps.limits;
  return rows.map((row) => toTaskView(row, { retentionDays, place: places.get(row.id) }));
}
