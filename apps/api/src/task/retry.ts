// Reading a settled document again, as a new attempt. What was read stays unless the caller says otherwise.
import { AppError } from "@legible/shared/errors";
import { pageOptionsSchema } from "@legible/shared/options";
import type { retryInput, TaskView } from "@legible/shared/task";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { getTask } from "./get.ts";
import { chooseOptions } from "./options.ts";
import { assertOriginals, readAgain } from "./read-again.ts";
import { getTaskRow } from "./row.ts";

/** @throws AppError NOT_FOUND, CONFLICT, INVALID_INPUT for an unknown language, QUOTA_EXCEEDED */
export async function retryTask(ctx: SignedInContext, input: z.output<typeof retryInput>): Promise<TaskView> {
  const options = input.options === undefined ? undefined : await chooseOptions(ctx.deps, input.options);
  const { database, passwords } = ctx.deps;
  await database.asUser(ctx.session.userId, async (tx) => {
    const task = await getTaskRow(tx, input.taskId);
    assertOriginals(task);
    const rows = await tx.taskPage.findMany({
      where: { taskId: task.id },
      select: { number: true, status: true },
      orderBy: { number: "asc" },
    });
    const unread = rows.filter((row) => row.status !== "done").map((row) => row.number);
    const wanted = input.pages ?? (options === undefined && unread.length > 0 ? "failed" : "all");
    // A task that failed before its pages were known has nothing to keep.
    const whole = wanted === "all" || rows.length === 0;
    if (!whole && unread.length === 0 && task.status === "completed") {
      throw new AppError("CONFLICT", "Every page was read. Read the whole document again instead.");
    }
    // Before the job can run; after the task has proved to be the caller's.
    if (input.options?.password !== undefined) passwords.set(input.taskId, input.options.password);
    await readAgain(tx, ctx, task, {
      action: "task.retried",
      pages: whole ? "all" : unread,
      ...(options === undefined ? {} : whole ? { options } : { pageOptions: pageOptionsSchema.parse(options) }),
      forced: !whole && options?.mode === "force",
    });
  });
  return getTask(ctx, input);
}
