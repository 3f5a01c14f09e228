// What retrying and re-running have in common: a settled task becomes a new attempt, some of its page rows wait again, and the jobs for
// what is open are sent. Pages that are not to be read again keep their reading.
import { writeAudit } from "@legible/db/audit";
import type { Prisma } from "@legible/db/generated/client";
import type { Tx } from "@legible/db/scopes";
import { moveTask } from "@legible/db/task/move";
import { resumeTask } from "@legible/ocr/work/resume-task";
import type { AuditAction } from "@legible/shared/audit";
import { AppError } from "@legible/shared/errors";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { assertMayRun } from "./quota.ts";
import type { TaskRow } from "./row.ts";

/** What a new attempt forgets of the results of the one before. The keys of the old results are kept until the new ones are there. */
const unsettled = {
  errorCode: null,
  errorMessage: null,
  errorPage: null,
  processingTimeMs: null,
  completedAt: null,
  notes: [],
};
/** And what it forgets when no page is kept. */
const unread = {
  resultJsonPath: null,
  resultMarkdownPath: null,
  resultPdfPath: null,
  startedAt: null,
  pagesTotal: null,
  pagesDone: 0,
  pagesFailed: 0,
  confidence: null,
  corrections: 0,
  correctionsAssembled: 0,
  uncorrectedJsonPath: null,
};

/** @throws AppError CONFLICT when the uploads are not here. */
export function assertOriginals(task: TaskRow): void {
  if (!task.fileDeleted && task.files.every((file) => file.uploadedAt !== null && file.storedPath !== null)) return;
  throw new AppError("CONFLICT", "The original is not here any more. Upload it again.");
}

export type ReadAgain = {
  action: AuditAction;
  /** Numbers of the pages to read again; "all" forgets the plan as well. */
  pages: number[] | "all";
  /** New options of the document. */
  options?: Prisma.InputJsonObject;
  /** Options of the pages that are read again. */
  pageOptions?: Prisma.InputJsonObject;
  /** The pages are recognised whatever the plan decided. */
  forced?: boolean;
};

/** In the caller's transaction. @throws AppError CONFLICT, QUOTA_EXCEEDED */
export async function readAgain(tx: Tx, ctx: SignedInContext, task: TaskRow, how: ReadAgain): Promise<void> {
  const { userId } = ctx.session;
  await assertMayRun(tx, ctx);
  const attempt = task.attempt + 1;
  const all = how.pages === "all";
  await moveTask(tx, task.id, "retry", {
    ...unsettled,
    // What is kept was read before: the time of this attempt counts from now.
    ...(all ? unread : { startedAt: new Date() }),
    attempt,
    ...(how.options === undefined ? {} : { options: how.options }),
  });
  if (how.pages === "all") {
    await tx.taskPage.deleteMany({ where: { taskId: task.id } });
    await tx.pageText.deleteMany({ where: { taskId: task.id } });
  } else {
    await tx.taskPage.updateMany({ where: { taskId: task.id }, data: { attempt } });
    await tx.taskPage.updateMany({
      where: { taskId: task.id, number: { in: how.pages } },
      data: {
        status: "waiting",
        errorCode: null,
        tries: 0,
        lease: null,
        leaseUntil: null,
        ...(how.pageOptions === undefined ? {} : { options: how.pageOptions }),
        ...(how.forced === true ? { decision: "ocr" as const } : {}),
      },
    });
    await countPages(tx, task.id);
  }
  await resumeTask(ctx.deps, tx, { id: task.id, attempt, userId });
  await writeAudit(tx, {
    action: how.action,
    outcome: "success",
    userId,
    object: task.taskId,
    details: { attempt, pages: how.pages === "all" ? "all" : how.pages.length },
    ...auditFacts(ctx),
  });
}

async function countPages(tx: Tx, taskId: number): Promise<void> {
  const rows = await tx.taskPage.groupBy({ by: ["status"], where: { taskId }, _count: true });
  const count = (status: string) => rows.find((row) => row.status === status)?._count ?? 0;
  await tx.task.update({ where: { id: taskId }, data: { pagesDone: count("done"), pagesFailed: count("failed") } });
}
