// Retention: the files of a document that settled long ago are removed; its row and its audit entries stay.
import { writeAudit } from "@legible/db/audit";
import { taskPrefix } from "@legible/storage/keys";
import type { Deps } from "../deps.ts";

const dayMs = 24 * 60 * 60_000;
/** Documents expired in one run: a clock that jumped, or a setting that was mistyped, is noticed before everything is gone. */
const atOnce = 1_000;

/** What a row forgets when its files are gone. */
const without = {
  fileDeleted: true,
  resultJsonPath: null,
  resultMarkdownPath: null,
  resultPdfPath: null,
  uncorrectedJsonPath: null,
};

/** Returns how many documents expired. The setting of this moment decides; 0 days: none. */
export async function expireResults(deps: Deps, now: Date): Promise<number> {
  const { retentionDays } = deps.limits;
  if (retentionDays === 0) return 0;
  const due = await deps.database.asSystem("expired tasks", (tx) =>
    tx.task.findMany({
      where: {
        fileDeleted: false,
        completedAt: { lt: new Date(now.getTime() - retentionDays * dayMs) },
        deletedAt: null,
      },
      select: { id: true, taskId: true, userId: true },
      orderBy: { completedAt: "asc" },
      take: atOnce,
    }),
  );
  let expired = 0;
  for (const task of due) if (await expire(deps, task, retentionDays)) expired++;
  return expired;
}

async function expire(
  deps: Deps,
  task: { id: number; taskId: string; userId: number },
  days: number,
): Promise<boolean> {
  const done = await deps.database.asSystem("expire a task", async (tx) => {
    const { count } = await tx.task.updateMany({
      // Read again since it was looked up: then it has a new end.
      where: { id: task.id, fileDeleted: false, status: { in: ["completed", "failed", "cancelled"] } },
      data: { ...without, revision: { increment: 1 } },
    });
    if (count === 0) return false;
    await tx.taskFile.updateMany({ where: { taskId: task.id }, data: { storedPath: null } });
    await tx.taskPage.updateMany({ where: { taskId: task.id }, data: { resultPath: null } });
    await tx.pageText.deleteMany({ where: { taskId: task.id } });
    const { userId, taskId } = task;
    await writeAudit(tx, {
      action: "retention.expired",
      outcome: "success",
      userId,
      object: taskId,
      details: { days },
    });
    return true;
  });
  // After the rows: a crash in between leaves objects that nobody names, which the comparison with storage removes.
  if (done) await deps.storage.removePrefix(taskPrefix(task.taskId));
  return done;
}
