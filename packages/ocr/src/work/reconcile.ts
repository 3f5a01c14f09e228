// The tables are the truth and a job is only a wake-up: this sends jobs again for tasks that wait with nobody at work on them.
// A job that turns out to be a double finds its pages claimed or done, and ends.
import { assembleJob, pagesJob, planJob } from "@legible/db/jobs";
import type { WorkDeps } from "./deps.ts";
import { pageRanges } from "./page-ranges.ts";

/** A task that has not changed for this long and has no live lease is looked at, ms: longer than a job waits on a busy machine's wake-up. */
const quietMs = 120_000;

/**
 * Sends what is missing for every task in `processing` that has been quiet for two minutes, or, with `all`, for every one.
 * @returns how many tasks got jobs.
 */
export async function reconcile(deps: WorkDeps, { all }: { all: boolean }): Promise<number> {
  const { database } = deps;
  const quietSince = new Date(Date.now() - (all ? 0 : quietMs));
  return await database.asSystem("reconcile", async (tx) => {
    const tasks = await tx.task.findMany({
      where: {
        status: "processing",
        updatedAt: { lte: quietSince },
        OR: [{ leaseUntil: null }, { leaseUntil: { lt: new Date() } }],
      },
      select: { id: true, userId: true, attempt: true },
    });
    for (const task of tasks) {
      const payload = { task: task.id, attempt: task.attempt };
      const pages = await tx.taskPage.findMany({
        where: { taskId: task.id },
        select: { number: true, status: true, leaseUntil: true },
        orderBy: { number: "asc" },
      });
      const waiting = pages.filter((page) => page.status === "waiting" || isStale(page)).map((page) => page.number);
      if (pages.length === 0) {
        await database.queue.send(tx, planJob, payload, { userId: task.userId });
      } else if (waiting.length > 0) {
        for (const range of pageRanges(waiting)) {
          await database.queue.send(
            tx,
            pagesJob,
            { ...payload, ...range },
            { userId: task.userId, pages: pages.length },
          );
        }
      } else if (pages.every((page) => page.status !== "reading")) {
        await database.queue.send(tx, assembleJob, payload, { userId: task.userId });
      }
    }
    return tasks.length;
  });
}

function isStale(page: { status: string; leaseUntil: Date | null }): boolean {
  return page.status === "reading" && (page.leaseUntil === null || page.leaseUntil.getTime() < Date.now());
}
