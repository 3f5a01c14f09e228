// Whose turn it is: the more somebody has waiting, the later the next job of theirs comes. Nobody with one page waits for
// somebody's archive, and a person alone still gets every worker.
import type { Tx } from "../scopes.ts";

/** Priority lost with each doubling of what waits: two doublings outweigh the head start of a short document. */
const stepPerDoubling = 10;

/** 0 for a person with nothing waiting, falling with the pages and unopened documents that wait. The scope must see the person's tasks. */
export async function fairPriority(tx: Tx, userId: number): Promise<number> {
  const pages = await tx.taskPage.count({ where: { status: "waiting", task: { userId, status: "processing" } } });
  const unopened = await tx.task.count({ where: { userId, status: "processing", pagesTotal: null } });
  return -Math.round(stepPerDoubling * Math.log2(1 + pages + unopened));
}
