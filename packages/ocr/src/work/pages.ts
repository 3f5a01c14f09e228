// Reads a range of pages, one after another. Each is claimed, read in the sandbox, written to storage and then to its row
// before the next begins, so a killed worker loses one page. The transaction that finishes the last page sends the assembly.
import { randomUUID } from "node:crypto";
import { assembleJob, pagesJob } from "@legible/db/jobs";
import { claimPage, failPage, finishPage, renewPage, returnPage } from "@legible/db/page/lease";
import { putPageText } from "@legible/db/page/text";
import type { Tx } from "@legible/db/scopes";
import { type FailureCode, FailureError } from "@legible/shared/failures";
import type { Limits } from "@legible/shared/limits";
import { pageOptionsSchema } from "@legible/shared/options";
import { toReasonColumn } from "@legible/shared/reading-reason";
import { pageKey } from "@legible/storage/keys";
import { countDoubtfulWords } from "../render/doubtful-words.ts";
import { pageText } from "../render/json.ts";
import type { WorkDeps } from "./deps.ts";
import { loadTask, type TaskToRead } from "./load-task.ts";
import { type PagePlace, type PageReading, readPlacedPage } from "./page-reading.ts";
import { createSamePages, type SamePages } from "./same-pages.ts";
import { lanePriority } from "./send-pages.ts";
import { whenAvailable } from "./when-available.ts";
import { worthAnotherTry } from "./worth-another-try.ts";

/** A lease outlives a try at the page, so that a worker that still works is never taken for dead. */
const leaseMs = (limits: Limits) => limits.pageSeconds * 1_000 + 60_000;
/** A page gets a second try, in a fresh process, before it counts as failed. */
const maxTries = 2;
/** A worker that ended with the page in hand cost it no try: that was hardly the page's doing. After so many claims it may have been. */
const patientClaims = 3;

type Claim = NonNullable<Awaited<ReturnType<typeof claimPage>>>;

type Range = { task: number; attempt: number; from: number; to: number };

/**
 * Reads the pages `from` to `to` of a task that are still to be read; pages that are taken or done are passed over, and one that looks
 * like another of the document gets its reading. Between two pages it makes way for jobs of a higher `priority`: the rest of the range
 * goes back into the queue.
 */
export async function readPages(
  deps: WorkDeps,
  payload: Range,
  signal: AbortSignal,
  { same = createSamePages(), priority = Number.POSITIVE_INFINITY }: { same?: SamePages; priority?: number } = {},
): Promise<void> {
  for (let number = payload.from; number <= payload.to; number++) {
    signal.throwIfAborted();
    if (number > payload.from && (await makesWay(deps, { ...payload, from: number }, priority))) return;
    const lease = randomUUID();
    const claimed = await inScope(deps, "read page", signal, async (tx) => {
      const task = await loadTask(tx, payload.task, payload.attempt);
      if (task === undefined) return;
      const claim = await claimPage(tx, {
        task: task.id,
        attempt: task.attempt,
        number,
        leaseMs: leaseMs(deps.limits),
        lease,
      });
      if (claim === undefined) return;
      const next = number < payload.to ? await waitingPage(tx, task, number + 1) : undefined;
      return { task: withOwnOptions(task, claim.row.options), claim, next };
    });
    if (claimed !== undefined) await readClaimed(deps, same, claimed, signal);
  }
}

/** `task` as this page is to be read, where that is not as the document is. */
function withOwnOptions(task: TaskToRead, own: unknown): TaskToRead {
  return { ...task, options: { ...task.options, ...pageOptionsSchema.nullable().parse(own) } };
}

/** True when somebody waits who goes first, and the pages of `rest` are left to a job of their own. */
async function makesWay(deps: WorkDeps, rest: Range, priority: number): Promise<boolean> {
  if (!Number.isFinite(priority) || !(await deps.database.queue.hasUrgent(pagesJob, priority))) return false;
  return await deps.database.asSystem("make way", async (tx) => {
    const task = await loadTask(tx, rest.task, rest.attempt);
    if (task !== undefined) await deps.database.queue.send(tx, pagesJob, rest, { userId: task.userId, priority });
    return true;
  });
}

async function waitingPage(tx: Tx, task: TaskToRead, number: number): Promise<PagePlace | undefined> {
  const where = { taskId: task.id, attempt: task.attempt, number, status: "waiting" };
  return (await tx.taskPage.findFirst({ where })) ?? undefined;
}

async function readClaimed(
  deps: WorkDeps,
  same: SamePages,
  { task, claim, next }: { task: TaskToRead; claim: Claim; next: PagePlace | undefined },
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now();
  const most = claim.row.tries > patientClaims ? 1 : maxTries;
  for (let tries = 1; ; tries++) {
    try {
      // A second try looks at this page alone: what killed the first may have been the page after it.
      const work = { task, row: claim.row, next: tries === 1 ? next : undefined, signal };
      const reading = await readPlacedPage(deps, same, work);
      await keepPage(deps, same, { task, claim, signal }, reading, performance.now() - began);
      return;
    } catch (error) {
      if (!(error instanceof FailureError)) {
        // Cancelled, stopped, or the database or storage is in trouble: the page is not to blame and waits for another worker.
        await inScope(deps, "hand page back", signal, (tx) => returnPage(tx, key(task, claim)));
        throw error;
      }
      const again = worthAnotherTry.has(error.code) && tries < most;
      const renew = (tx: Tx) => renewPage(tx, key(task, claim), leaseMs(deps.limits));
      if (again && (await inScope(deps, "try page again", signal, renew))) continue;
      await keepFailure(deps, { task, claim, signal }, error.code, performance.now() - began);
      return;
    }
  }
}

/** A scope that waits for a database that is away. */
function inScope<T>(deps: WorkDeps, reason: string, signal: AbortSignal, work: (tx: Tx) => Promise<T>): Promise<T> {
  return whenAvailable(deps.log, () => deps.database.asSystem(reason, work), signal);
}

type Held = { task: TaskToRead; claim: Claim; signal: AbortSignal };

async function keepPage(
  deps: WorkDeps,
  same: SamePages,
  { task, claim, signal }: Held,
  { page, languages, reason, pixels }: PageReading,
  ms: number,
): Promise<void> {
  const { source } = page;
  if (source === "failed") {
    await keepFailure(deps, { task, claim, signal }, page.error?.code ?? "ENGINE_CRASHED", ms);
    return;
  }
  const path = pageKey(task.taskId, task.attempt, page.number, claim.lease);
  const bytes = Buffer.from(JSON.stringify(page));
  const { sha256 } = await deps.storage.put(path, oneChunk(bytes));
  const kept = await inScope(deps, "keep page", signal, async (tx) => {
    const finished = await finishPage(tx, {
      ...key(task, claim),
      source,
      rotation: page.rotation,
      rotationConfidence: page.rotationConfidence,
      dpi: page.dpi,
      width: page.width,
      height: page.height,
      languages,
      confidence: page.confidence,
      lowConfidenceWords: countDoubtfulWords(page),
      ms: Math.round(ms),
      resultPath: path,
      resultHash: sha256,
      ...(reason === undefined ? {} : { reason: toReasonColumn(reason) }),
    });
    if (finished === undefined) {
      // It may have been kept by a transaction whose answer was lost.
      return (await tx.taskPage.count({ where: { taskId: task.id, number: page.number, resultPath: path } })) > 0;
    }
    await putPageText(tx, { task: task.id, userId: task.userId, number: page.number, text: pageText(page) });
    if (finished.remaining === 0) await sendAssembly(deps, tx, task);
    return true;
  });
  if (kept && pixels !== undefined) same.keep(task, pixels, { number: page.number, path, sha256, languages });
  // The lease was lost: another worker has the page, or the task is gone. No row names this object.
  if (!kept) await deps.storage.remove(path);
}

async function keepFailure(
  deps: WorkDeps,
  { task, claim, signal }: Held,
  code: FailureCode,
  ms: number,
): Promise<void> {
  deps.log.warn({ taskId: task.taskId, page: claim.row.number, code }, "A page could not be read.");
  await inScope(deps, "keep failure", signal, async (tx) => {
    const failed = await failPage(tx, { ...key(task, claim), errorCode: code, ms: Math.round(ms) });
    if (failed === undefined) return;
    await putPageText(tx, { task: task.id, userId: task.userId, number: claim.row.number, text: "" });
    if (failed.remaining === 0) await sendAssembly(deps, tx, task);
  });
}

function sendAssembly(deps: WorkDeps, tx: Tx, task: TaskToRead) {
  const payload = { task: task.id, attempt: task.attempt };
  return deps.database.queue.send(tx, assembleJob, payload, {
    userId: task.userId,
    priority: lanePriority(task.pagesTotal),
  });
}

function key(task: TaskToRead, claim: Claim) {
  return { task: task.id, attempt: task.attempt, number: claim.row.number, lease: claim.lease };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
