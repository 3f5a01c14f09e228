// Adds the differences in legible_sums together, so that reading them costs the same however much happened.
import type { Tx } from "./scopes.ts";

/** Fewer rows than this are quickly added up by whoever reads them. */
const worthIt = 1_000;

/** Rows that come in meanwhile stay for the next time. Two at once do no harm: a row is deleted, and so counted, once. Needs the system's scope. */
export async function addSums(tx: Tx, atLeast: number = worthIt): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM legible_sums WHERE (SELECT count(*) FROM legible_sums) >= ${atLeast} RETURNING status, tasks, pages, bytes
    )
    INSERT INTO legible_sums (status, tasks, pages, bytes)
    SELECT status, sum(tasks), sum(pages), sum(bytes) FROM gone GROUP BY status`;
}
