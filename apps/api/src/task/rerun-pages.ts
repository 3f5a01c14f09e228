// Reading chosen pages of a settled document again, with other options; the rest keeps its reading.
import { AppError } from "@legible/shared/errors";
import { pageOptionsSchema, selectPages } from "@legible/shared/options";
import type { rerunPagesInput, TaskView } from "@legible/shared/task";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { getTask } from "./get.ts";
import { chooseOptions } from "./options.ts";
import { assertOriginals, readAgain } from "./read-again.ts";
import { getTaskRow } from "./row.ts";

/** @throws AppError NOT_FOUND, CONFLICT, INVALID_INPUT (no such page, an unknown language), QUOTA_EXCEEDED */
export async function rerunPages(ctx: SignedInContext, input: z.output<typeof rerunPagesInput>): Promise<TaskView> {
  const options = await chooseOptions(ctx.deps, input.options);
  const { database, passwords } = ctx.deps;
  await database.asUser(ctx.session.userId, async (tx) => {
    const task = await getTaskRow(tx, input.taskId);
    assertOriginals(task);
    const rows = await tx.taskPage.findMany({ where: { taskId: task.id }, select: { number: true } });
    const known = new Set(rows.map((row) => row.number));
    const last = Math.max(0, ...known);
    const pages = selectPages(input.pages, last).filter((number) => known.has(number));
    if (pages.length === 0) {
      throw new AppError("INVALID_INPUT", "The document has no such pages.", { details: { fields: ["pages"] } });
    }
    if (input.options.password !== undefined) passwords.set(input.taskId, input.options.password);
    await readAgain(tx, ctx, task, {
      action: "task.rerun",
      pages,
      pageOptions: pageOptionsSchema.parse(options),
      forced: options.mode === "force",
    });
  });
  return getTask(ctx, input);
}
