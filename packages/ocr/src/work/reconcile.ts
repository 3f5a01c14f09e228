// The tables are the truth and a job is only a wake-up: this sends jobs again for tasks that have none, as when the retries of
// one ran out while the disk was full. A job that turns out to be a double finds its pages claimed or done, and ends.
import { assembleJob } from "@legible/db/jobs";
import type { WorkDeps } from "./deps.ts";
import { resumeTask } from "./resume-task.ts";

/** A task that has not changed for this long is looked at, ms: the rows of one in good health change with every page. */
const quietMs = 60_000;

/**
 * Sends what is missing for every task in `processing`, or with corrections that its results lack, that has been quiet for a minute and
 * has no job in the queue.
 * @returns how many tasks got jobs.
 */
export async function reconcile(deps: WorkDeps): Promise<number> {
  const { database } = deps;
  await database.queue.wakeDelayed();
  const withJobs = await database.queue.tasksWithJobs();
  const now = Date.now();
  const [before, after] = [new Date(now - quietMs), new Date(now + quietMs)];
  return await database.asSystem("reconcile", async (tx) => {
    const quiet = await tx.task.findMany({
      // A change in the future: the clock was set back since.
      where: { status: "processing", OR: [{ updatedAt: { lte: before } }, { updatedAt: { gte: after } }] },
      select: { id: true, userId: true, attempt: true },
    });
    const stranded = quiet.filter((task) => !withJobs.has(task.id));
    for (const task of stranded) await resumeTask(deps, tx, task);
    const corrected = (
      await tx.$queryRaw<{ id: number; userId: number; attempt: number }[]>`
      SELECT id, user_id AS "userId", attempt FROM tool_ocr_tasks
      WHERE status = 'completed' AND corrections > corrections_assembled AND deleted_at IS NULL
        AND (updated_at <= ${before} OR updated_at >= ${after})`
    ).filter((task) => !withJobs.has(task.id));
    for (const { id, userId, attempt } of corrected) {
      await database.queue.send(tx, assembleJob, { task: id, attempt }, { userId });
    }
    return stranded.length + corrected.length;
  });
}
