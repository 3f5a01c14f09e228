import type { Prisma } from "../generated/client.ts";
import type { Tx } from "../scopes.ts";

/** A page as the plan decided it. `number` is 1-based in the document, `pageIndex` 0-based in its file. */
export type NewPage = {
  number: number;
  filePosition: number;
  pageIndex: number;
  decision: "text" | "ocr" | "blank";
  reason?: string | null;
  languages?: string[];
};

/**
 * Replaces the pages of a task by those of this attempt and sets its counts. Call it while holding the task (holdTask):
 * a plan that runs twice then writes the same rows twice and not two sets.
 */
export async function insertPages(tx: Tx, task: { id: number; attempt: number }, rows: NewPage[]): Promise<void> {
  await tx.taskPage.deleteMany({ where: { taskId: task.id } });
  const data: Prisma.TaskPageCreateManyInput[] = rows.map((row) => ({
    ...row,
    taskId: task.id,
    attempt: task.attempt,
  }));
  await tx.taskPage.createMany({ data });
  await tx.task.update({
    where: { id: task.id },
    data: { pagesTotal: rows.length, pagesDone: 0, pagesFailed: 0, revision: { increment: 1 } },
  });
}
