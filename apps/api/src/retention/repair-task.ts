// A settled task whose objects are missing: pages that are lost are read again, results that are lost are assembled again, both from what
// is still there. A lost original is not named any more, so that it is told as gone and not as an error.
import { writeAudit } from "@legible/db/audit";
import { moveTask } from "@legible/db/task/move";
import { resumeTask } from "@legible/ocr/work/resume-task";
import type { StoredDeps } from "../deps.ts";

/** An object that a row names. `number`: of the page, or the position of the upload. */
export type Loss = { kind: "upload" | "page"; key: string; number: number } | { kind: "result"; key: string };

/** True when the task is being read again; the caller has seen `losses` missing. */
export async function repairTask(deps: StoredDeps, id: number, losses: readonly Loss[]): Promise<boolean> {
  return await deps.database.asSystem("repair a task", async (tx) => {
    const uploads = losses.flatMap((loss) => (loss.kind === "upload" ? [loss.number] : []));
    const pages = losses.flatMap((loss) => (loss.kind === "page" ? [loss.number] : []));
    const results = losses.some((loss) => loss.kind === "result");
    await tx.taskFile.updateMany({ where: { taskId: id, position: { in: uploads } }, data: { storedPath: null } });
    const task = await tx.task.findUnique({ where: { id }, include: { files: true } });
    if (task === null || task.status === "processing" || task.deletedAt !== null || task.fileDeleted) return false;
    const whole = task.files.every((file) => file.storedPath !== null);
    // The assembly needs the originals, too: the searchable PDF is made from them.
    const repairable = task.status === "completed" && whole && (pages.length > 0 || results);
    const { userId, taskId } = task;
    await writeAudit(tx, {
      action: "storage.repaired",
      outcome: repairable ? "success" : "failure",
      userId,
      object: taskId,
      details: { uploads: uploads.length, pages: pages.length, results },
    });
    if (!repairable) return false;
    const attempt = task.attempt + 1;
    await moveTask(tx, id, "retry", {
      attempt,
      completedAt: null,
      startedAt: new Date(),
      pagesDone: { decrement: pages.length },
    });
    await tx.taskPage.updateMany({ where: { taskId: id }, data: { attempt } });
    await tx.taskPage.updateMany({
      where: { taskId: id, number: { in: pages } },
      data: { status: "waiting", resultPath: null, resultHash: null, tries: 0 },
    });
    await resumeTask(deps, tx, { id, attempt, userId });
    return true;
  });
}
