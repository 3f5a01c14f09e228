// Reading a settled document again, as a new attempt: nothing of the old one is believed.
import { writeAudit } from "@legible/db/audit";
import { planJob } from "@legible/db/jobs";
import { fairPriority } from "@legible/db/task/fair-priority";
import { moveTask } from "@legible/db/task/move";
import { AppError } from "@legible/shared/errors";
import type { retryInput, TaskView } from "@legible/shared/task";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { getTask } from "./get.ts";
import { chooseOptions } from "./options.ts";
import { getTaskRow } from "./row.ts";

/** What a new attempt forgets of the one before. */
const untouched = {
  resultJsonPath: null,
  resultMarkdownPath: null,
  resultPdfPath: null,
  errorCode: null,
  errorMessage: null,
  errorPage: null,
  processingTimeMs: null,
  startedAt: null,
  completedAt: null,
  pagesTotal: null,
  pagesDone: 0,
  pagesFailed: 0,
  confidence: null,
  notes: [],
  corrections: 0,
  correctionsAssembled: 0,
  uncorrectedJsonPath: null,
};

/** @throws AppError NOT_FOUND, CONFLICT, INVALID_INPUT (an unknown language, or only the failed pages: not offered yet). */
export async function retryTask(ctx: SignedInContext, input: z.output<typeof retryInput>): Promise<TaskView> {
  if (input.pages === "failed") {
    throw new AppError("INVALID_INPUT", "Only whole documents can be read again.", { details: { fields: ["pages"] } });
  }
  const options = input.options === undefined ? undefined : await chooseOptions(ctx.deps, input.options);
  const { userId } = ctx.session;
  const { database, passwords } = ctx.deps;
  await database.asUser(userId, async (tx) => {
    const task = await getTaskRow(tx, input.taskId);
    if (task.fileDeleted || task.files.some((file) => file.uploadedAt === null)) {
      throw new AppError("CONFLICT", "The original is not here any more. Upload it again.");
    }
    // Before the job can run; after the task has proved to be the caller's.
    if (input.options?.password !== undefined) passwords.set(input.taskId, input.options.password);
    const attempt = task.attempt + 1;
    const priority = await fairPriority(tx, userId);
    await moveTask(tx, task.id, "retry", { ...untouched, attempt, ...(options === undefined ? {} : { options }) });
    await tx.taskPage.deleteMany({ where: { taskId: task.id } });
    await database.queue.send(tx, planJob, { task: task.id, attempt }, { userId, priority });
    await writeAudit(tx, {
      action: "task.retried",
      outcome: "success",
      userId,
      object: task.taskId,
      details: { attempt },
      ...auditFacts(ctx),
    });
  });
  return getTask(ctx, input);
}
