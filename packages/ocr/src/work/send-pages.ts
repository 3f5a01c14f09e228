// Sends the jobs that read pages: one place decides how they are cut and who goes first.
import type { Database } from "@legible/db/database";
import { pagesJob } from "@legible/db/jobs";
import type { Tx } from "@legible/db/scopes";
import { pageRanges } from "./page-ranges.ts";

/** Documents up to so many pages go ahead of longer ones: nobody waits minutes for a letter because of somebody's archive. */
const lanes = [
  { pages: 5, priority: 20 },
  { pages: 50, priority: 10 },
];

/** What a document of so many pages has ahead of longer ones. */
export function lanePriority(pages: number): number {
  return lanes.find((lane) => pages <= lane.pages)?.priority ?? 0;
}

/**
 * Sends jobs for `numbers` (ascending) of a document of `pages` pages, in the caller's transaction. `fairness` is the
 * person's `fairPriority`, taken before these pages were added to what waits.
 */
export async function sendPages(
  deps: { database: Pick<Database, "queue"> },
  tx: Tx,
  task: { id: number; attempt: number; userId: number; pages: number },
  numbers: readonly number[],
  fairness: number,
): Promise<void> {
  const priority = lanePriority(task.pages) + fairness;
  for (const range of pageRanges(numbers)) {
    const payload = { task: task.id, attempt: task.attempt, ...range };
    await deps.database.queue.send(tx, pagesJob, payload, { userId: task.userId, priority });
  }
}
