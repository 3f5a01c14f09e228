// Who plans or assembles a task. The same rule as for pages: what a worker writes at the end it writes while it still holds
// the task, or not at all.
import { randomUUID } from "node:crypto";
import type { Task } from "../generated/client.ts";
import { otherClock } from "../page/lease.ts";
import type { Tx } from "../scopes.ts";

/** Names one attempt of a task by the row's id. */
export type TaskRef = { task: number; attempt: number };
export type HeldTask = TaskRef & { lease: string };

/**
 * Takes a task that nobody holds for `leaseMs`. A caller that got no answer asks again with the same `lease`. Undefined when somebody else
 * holds it, or the attempt is over.
 */
export async function claimTask(
  tx: Tx,
  { task, attempt, leaseMs, lease = randomUUID() }: TaskRef & { leaseMs: number; lease?: string },
): Promise<{ lease: string; row: Task } | undefined> {
  const claimed = await tx.$executeRaw`
    UPDATE tool_ocr_tasks
    SET lease = ${lease}::uuid, lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
    WHERE id = ${task} AND attempt = ${attempt} AND status = 'processing'
      AND (lease IS NULL OR lease = ${lease}::uuid OR lease_until < clock_timestamp()
        OR lease_until > clock_timestamp() + ${leaseMs * otherClock}::float8 * interval '1 millisecond')`;
  if (claimed === 0) return undefined;
  return { lease, row: await tx.task.findUniqueOrThrow({ where: { id: task } }) };
}

/**
 * Locks the task's row for the rest of the transaction and says whether it is still held: the first statement of every
 * transaction that writes what a plan or an assembly found. False: write nothing.
 */
export async function holdTask(tx: Tx, held: HeldTask): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT id FROM tool_ocr_tasks
    WHERE id = ${held.task} AND attempt = ${held.attempt} AND status = 'processing' AND lease = ${held.lease}::uuid
    FOR UPDATE`;
  return rows.length === 1;
}

/** Lets a task go; false when the lease was lost already. */
export async function returnTask(tx: Tx, held: HeldTask): Promise<boolean> {
  const { count } = await tx.task.updateMany({
    where: { id: held.task, attempt: held.attempt, lease: held.lease },
    data: { lease: null, leaseUntil: null },
  });
  return count === 1;
}
