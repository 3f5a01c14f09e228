// The tables are the truth and a job is only a wake-up: this sends jobs again for tasks that have none, as when the retries of
// one ran out while the disk was full. A job that turns out to be a double finds its pages claimed or done, and ends.
import type { WorkDeps } from "./deps.ts";
import { resumeTask } from "./resume-task.ts";

/** A task that has not changed for this long is looked at, ms: the rows of one in good health change with every page. */
const quietMs = 60_000;

/**
 * Sends what is missing for every task in `processing` that has been quiet for a minute and has no job in the queue.
 * @returns how many tasks got jobs.
 */
export async function reconcile(deps: WorkDeps): Promise<number> {
  const { database } = deps;
  const withJobs = await database.queue.tasksWithJobs();
  return await database.asSystem("reconcile", async (tx) => {
    const quiet = await tx.task.findMany({
      where: { status: "processing", updatedAt: { lte: new Date(Date.now() - quietMs) } },
      select: { id: true, userId: true, attempt: true },
    });
    const stranded = quiet.filter((task) => !withJobs.has(task.id));
    for (const task of stranded) await resumeTask(deps, tx, task);
    return stranded.length;
  });
}
