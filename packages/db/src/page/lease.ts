// Who reads a page, and whose result counts. A lease is a random token with an end, both by the database's clock; every
// write of a result names it, so a worker that was given up, or whose task was cancelled or begun anew, writes nothing.
import { randomUUID } from "node:crypto";
import type { FailureCode } from "@legible/shared/failures";
import type { TaskPage } from "../generated/client.ts";
import type { Tx } from "../scopes.ts";

/** Names one page of one attempt. `task` is the row's id, `number` 1-based. */
export type PageRef = { task: number; attempt: number; number: number };
export type HeldPage = PageRef & { lease: string };

/** What was found out about a page; what is left out stays as it is. Lengths in px, `ms` the time it took. */
export type PageResult = {
  source: "ocr" | "text" | "blank";
  resultPath: string;
  resultHash: string;
  reason?: string | null;
  rotation?: number;
  rotationConfidence?: number | null;
  dpi?: number | null;
  width?: number | null;
  height?: number | null;
  languages?: string[];
  confidence?: number | null;
  lowConfidenceWords?: number;
  ms?: number | null;
};

/**
 * A lease that ends so many times later than one that is taken now would is of another clock: it was set back since, and the lease would
 * last for as long as the clock was ahead.
 */
export const otherClock = 2;

/** How many pages are not settled yet, after this one. 0 in exactly one transaction of an attempt. */
export type Settled = { remaining: number };

/**
 * Takes a page that waits, or whose lease has run out, for `leaseMs`; its `tries` count this one. A caller that got no answer asks again
 * with the same `lease`. Undefined when somebody else has it, it is settled, or the attempt is over.
 */
export async function claimPage(
  tx: Tx,
  { task, attempt, number, leaseMs, lease = randomUUID() }: PageRef & { leaseMs: number; lease?: string },
): Promise<{ lease: string; row: TaskPage } | undefined> {
  const [claimed] = await tx.$queryRaw<{ id: number }[]>`
    UPDATE tool_ocr_task_pages AS page
    SET status = 'reading', lease = ${lease}::uuid,
      lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond',
      tries = tries + CASE WHEN page.lease = ${lease}::uuid THEN 0 ELSE 1 END
    FROM tool_ocr_tasks AS task
    WHERE task.id = ${task} AND task.attempt = ${attempt} AND task.status = 'processing'
      AND page.task_id = task.id AND page.attempt = ${attempt} AND page.number = ${number}
      AND (page.status = 'waiting' OR (page.status = 'reading' AND (page.lease = ${lease}::uuid
        OR page.lease_until < clock_timestamp()
        OR page.lease_until > clock_timestamp() + ${leaseMs * otherClock}::float8 * interval '1 millisecond')))
    RETURNING page.id`;
  if (claimed === undefined) return undefined;
  return { lease, row: await tx.taskPage.findUniqueOrThrow({ where: { id: claimed.id } }) };
}

/** Lets a page that is held be held for `leaseMs` from now; false when the lease was lost. */
export async function renewPage(tx: Tx, page: HeldPage, leaseMs: number): Promise<boolean> {
  const renewed = await tx.$executeRaw`
    UPDATE tool_ocr_task_pages SET lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
    WHERE task_id = ${page.task} AND attempt = ${page.attempt} AND number = ${page.number}
      AND status = 'reading' AND lease = ${page.lease}::uuid`;
  return renewed === 1;
}

/** Gives an unread page back as if it had not been taken; false when the lease was lost already. */
export async function returnPage(tx: Tx, page: HeldPage): Promise<boolean> {
  const { count } = await tx.taskPage.updateMany({
    where: heldBy(page),
    data: { status: "waiting", lease: null, leaseUntil: null, tries: { decrement: 1 } },
  });
  return count === 1;
}

/** Writes a page's result. Undefined: the lease is lost, nothing was written, and nothing may be kept of the work. */
export async function finishPage(tx: Tx, page: HeldPage & PageResult): Promise<Settled | undefined> {
  const { task: _task, attempt: _attempt, number: _number, lease: _lease, ...result } = page;
  return settlePage(tx, page, { ...result, status: "done", errorCode: null });
}

/** Writes that a page cannot be read. Undefined: the lease is lost and nothing was written. */
export async function failPage(
  tx: Tx,
  page: HeldPage & { errorCode: FailureCode; reason?: string | null; ms?: number | null },
): Promise<Settled | undefined> {
  const { errorCode, reason = null, ms = null } = page;
  const none = { confidence: null, lowConfidenceWords: 0, resultPath: null, resultHash: null };
  return settlePage(tx, page, { status: "failed", source: "failed", errorCode, reason, ms, ...none });
}

async function settlePage(
  tx: Tx,
  page: HeldPage,
  data: Partial<Omit<TaskPage, "id" | "taskId" | "lease" | "leaseUntil" | "options">>,
): Promise<Settled | undefined> {
  // The task's row is the gate: pages of one document settle one after the other, so exactly one is the last.
  const [task] = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM tool_ocr_tasks
    WHERE id = ${page.task} AND attempt = ${page.attempt} AND status = 'processing' FOR UPDATE`;
  if (task === undefined) return undefined;
  const { count } = await tx.taskPage.updateMany({
    where: heldBy(page),
    data: { ...data, lease: null, leaseUntil: null },
  });
  if (count !== 1) return undefined;
  // Counted and not added up, so that a page read again is not counted twice.
  const [after] = await tx.$queryRaw<{ remaining: number }[]>`
    UPDATE tool_ocr_tasks AS task
    SET pages_done = pages.done, pages_failed = pages.failed, revision = revision + 1, updated_at = now()
    FROM (
      SELECT count(*) FILTER (WHERE status = 'done')::int AS done,
        count(*) FILTER (WHERE status = 'failed')::int AS failed,
        count(*) FILTER (WHERE status IN ('waiting', 'reading'))::int AS remaining
      FROM tool_ocr_task_pages WHERE task_id = ${page.task}
    ) AS pages
    WHERE task.id = ${page.task}
    RETURNING pages.remaining`;
  return after === undefined ? undefined : { remaining: after.remaining };
}

function heldBy(page: HeldPage) {
  return { taskId: page.task, attempt: page.attempt, number: page.number, status: "reading", lease: page.lease };
}

/**
 * Takes every page and task out of its reader's hands. Only when no reader can be alive: at the start of the one process of
 * an embedded installation.
 */
export async function releaseLeases(tx: Tx): Promise<void> {
  await tx.taskPage.updateMany({
    where: { status: "reading" },
    data: { status: "waiting", lease: null, leaseUntil: null },
  });
  await tx.task.updateMany({ where: { lease: { not: null } }, data: { lease: null, leaseUntil: null } });
}
