// After a correction: the results are made anew from the trees as they are now, beside those that are there, and one transaction puts
// them in their place. However many corrections come meanwhile, one more run takes them all.

import { assembleJob } from "@legible/db/jobs";
import { claimCorrections, keepCorrected, type OldResults } from "@legible/db/task/corrections";
import { returnTask } from "@legible/db/task/lease";
import { FailureError } from "@legible/shared/failures";
import { type NoteCode, noteCodeSchema } from "@legible/shared/notes";
import { assemblyLimits, type Built, buildWithRetry, type PageRow } from "./assemble.ts";
import type { WorkDeps } from "./deps.ts";
import { dropResults } from "./drop-results.ts";
import { loadTask, type TaskToRead } from "./load-task.ts";
import { LostPages } from "./lost-pages.ts";

/** Makes the results of a completed task anew when they lack corrections; does nothing otherwise. */
export async function reassembleResults(
  deps: WorkDeps,
  payload: { task: number; attempt: number },
  signal: AbortSignal,
): Promise<void> {
  const claimed = await deps.database.asSystem("claim corrections", async (tx) => {
    const task = await loadTask(tx, payload.task, payload.attempt, "completed");
    if (task === undefined) return;
    const count = await tx.taskPage.count({ where: { taskId: task.id } });
    const { leaseMs, timeoutMs } = assemblyLimits(count);
    const old = await claimCorrections(tx, { ...payload, leaseMs });
    if (old === undefined) return;
    // Read after the claim: these are the trees of the corrections that were counted.
    const pages: PageRow[] = await tx.taskPage.findMany({ where: { taskId: task.id }, orderBy: { number: "asc" } });
    return { task, pages, old, timeoutMs };
  });
  if (claimed === undefined) return;
  const { task, pages, old, timeoutMs } = claimed;
  try {
    await replaceResults(deps, task, old, await buildWithRetry(deps, task, pages, old.lease, { signal, timeoutMs }));
  } catch (error) {
    await dropResults(deps, task, old.lease);
    // Its tree holds the correction: reading the page again would lose it. The results stay as they were.
    if (!(error instanceof FailureError || error instanceof LostPages)) {
      await deps.database.asSystem("hand corrections back", (tx) => returnTask(tx, { ...payload, lease: old.lease }));
      throw error;
    }
    deps.log.warn({ taskId: task.taskId, error: String(error) }, "Corrections could not be put into the results.");
    await keepOld(deps, task, old);
  }
}

async function replaceResults(deps: WorkDeps, task: TaskToRead, old: OldResults, built: Built): Promise<void> {
  const { keys, confidence, notes } = built;
  const first = old.uncorrectedJsonPath === null;
  const kept = await keep(deps, task, old, {
    resultJsonPath: keys.json,
    resultMarkdownPath: keys.markdown,
    resultPdfPath: keys.pdf,
    confidence,
    notes,
    // Those of the reading itself are kept; those of earlier corrections are not.
    ...(first ? { uncorrectedJsonPath: old.resultJsonPath } : {}),
  });
  const gone = kept ? (first ? undefined : old.resultJsonPath?.split("/").at(-2)) : old.lease;
  if (gone !== undefined) await dropResults(deps, task, gone);
}

/** The results stay as they were, and the task says so. The next correction tries again. */
async function keepOld(deps: WorkDeps, task: TaskToRead, old: OldResults): Promise<void> {
  const left: NoteCode = "CORRECTIONS_LEFT_OUT";
  const row = await deps.database.asSystem("notes of a task", (tx) =>
    tx.task.findUnique({ where: { id: task.id }, select: { notes: true } }),
  );
  const notes = noteCodeSchema.options.filter((code) => code === left || row?.notes.includes(code));
  await keep(deps, task, old, { notes });
}

async function keep(
  deps: WorkDeps,
  task: TaskToRead,
  { lease, corrections }: OldResults,
  set: Parameters<typeof keepCorrected>[2],
): Promise<boolean> {
  const held = { task: task.id, attempt: task.attempt, lease, corrections };
  return await deps.database.asSystem("keep corrected results", async (tx) => {
    const since = await keepCorrected(tx, held, set);
    if (since !== undefined && since > 0) {
      const payload = { task: task.id, attempt: task.attempt };
      await deps.database.queue.send(tx, assembleJob, payload, { userId: task.userId });
    }
    return since !== undefined;
  });
}
