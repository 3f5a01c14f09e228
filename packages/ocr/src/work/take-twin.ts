// A document that the same person had read before, with the same options and engine, is not recognised again: its pages are copied, and
// only the results are assembled anew, because they name their own task.
import type { Prisma } from "@legible/db/generated/client";
import { assembleJob } from "@legible/db/jobs";
import { putPageText } from "@legible/db/page/text";
import { findTwin } from "@legible/db/task/find-twin";
import { holdTask, returnTask } from "@legible/db/task/lease";
import { AppError } from "@legible/shared/errors";
import { toReasonColumn } from "@legible/shared/reading-reason";
import { pageKey } from "@legible/storage/keys";
import type { WorkDeps } from "./deps.ts";
import type { TaskToRead } from "./load-task.ts";
import { lanePriority } from "./send-pages.ts";

const reason = toReasonColumn({ code: "EARLIER_READING", params: {} });

/**
 * Copies the pages of an earlier task and sends the assembly. False: there is none, or it went away meanwhile, and the task has to be
 * planned. The caller holds the task by `lease`.
 */
export async function takeTwin(
  deps: WorkDeps,
  task: TaskToRead,
  { lease, engine }: { lease: string; engine: string },
): Promise<boolean> {
  const { database, storage } = deps;
  const found = await database.asSystem("look for an earlier reading", async (tx) => {
    const hashes = task.sources.map((source) => source.sha256);
    const twin = await findTwin(tx, { ...task, hashes, not: task.id, engine });
    if (twin === undefined) return;
    const pages = await tx.taskPage.findMany({ where: { taskId: twin.id }, orderBy: { number: "asc" } });
    return { pages, texts: await tx.pageText.findMany({ where: { taskId: twin.id } }) };
  });
  if (found === undefined || found.pages.length === 0) return false;
  const copied: string[] = [];
  const giveUp = async () => {
    for (const key of copied) await storage.remove(key);
  };
  const rows: Prisma.TaskPageCreateManyInput[] = [];
  try {
    for (const { id: _id, options: _options, ...page } of found.pages) {
      const resultPath = pageKey(task.taskId, task.attempt, page.number, lease);
      const { body } = await storage.get(page.resultPath ?? "");
      copied.push(resultPath);
      const { sha256 } = await storage.put(resultPath, body);
      if (sha256 !== page.resultHash) {
        await giveUp();
        return false;
      }
      rows.push({
        ...page,
        taskId: task.id,
        attempt: task.attempt,
        resultPath,
        resultHash: sha256,
        ms: null,
        reason,
      });
    }
  } catch (error) {
    await giveUp();
    if (error instanceof AppError && error.code === "NOT_FOUND") return false;
    throw error;
  }
  const kept = await database.asSystem("take an earlier reading", async (tx) => {
    if (!(await holdTask(tx, { task: task.id, attempt: task.attempt, lease }))) return false;
    await tx.taskPage.createMany({ data: rows });
    for (const { number, text } of found.texts) {
      await putPageText(tx, { task: task.id, userId: task.userId, number, text });
    }
    const counts = { pagesTotal: rows.length, pagesDone: rows.length, pagesFailed: 0 };
    await tx.task.update({ where: { id: task.id }, data: { ...counts, engine, revision: { increment: 1 } } });
    const payload = { task: task.id, attempt: task.attempt };
    await database.queue.send(tx, assembleJob, payload, {
      userId: task.userId,
      priority: lanePriority(rows.length),
    });
    await returnTask(tx, { ...payload, lease });
    return true;
  });
  if (!kept) await giveUp();
  return true;
}
