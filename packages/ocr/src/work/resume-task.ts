// Sends the jobs that a task in `processing` still needs, as its page rows tell: a plan, the open pages, or the assembly.
import type { Database } from "@legible/db/database";
import { assembleJob, planJob } from "@legible/db/jobs";
import type { Tx } from "@legible/db/scopes";
import { fairPriority } from "@legible/db/task/fair-priority";
import { lanePriority, sendPages } from "./send-pages.ts";

/** In the caller's transaction, whose scope must see the task's pages. */
export async function resumeTask(
  deps: { database: Pick<Database, "queue"> },
  tx: Tx,
  task: { id: number; attempt: number; userId: number },
): Promise<void> {
  const { queue } = deps.database;
  const { userId } = task;
  const payload = { task: task.id, attempt: task.attempt };
  const pages = await tx.taskPage.findMany({
    where: { taskId: task.id },
    select: { number: true, status: true },
    orderBy: { number: "asc" },
  });
  const open = pages.filter((page) => page.status === "waiting" || page.status === "reading");
  if (pages.length === 0) {
    await queue.send(tx, planJob, payload, { userId, priority: await fairPriority(tx, userId) });
  } else if (open.length === 0) {
    await queue.send(tx, assembleJob, payload, { userId, priority: lanePriority(pages.length) });
  } else {
    const numbers = open.map((page) => page.number);
    await sendPages(deps, tx, { ...task, pages: open.length }, numbers, await fairPriority(tx, userId));
  }
}
