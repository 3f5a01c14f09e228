// The first job of a task: open its files in the sandbox, decide page by page, insert the page rows and send the jobs that
// read them, in one transaction. A task whose file cannot be opened fails here, with the reason.
import { randomUUID } from "node:crypto";
import { insertPages } from "@legible/db/page/insert";
import type { Tx } from "@legible/db/scopes";
import { fairPriority } from "@legible/db/task/fair-priority";
import { claimTask, holdTask, returnTask } from "@legible/db/task/lease";
import { FailureError } from "@legible/shared/failures";
import { planPageTimeoutMs, planTimeoutMs } from "@legible/shared/limits";
import { selectPages } from "@legible/shared/options";
import { toReasonColumn } from "@legible/shared/reading-reason";
import type { InspectAnswer } from "../sandbox/protocol.ts";
import type { WorkDeps } from "./deps.ts";
import { engineName } from "./engine-name.ts";
import { failTask } from "./fail-task.ts";
import { inputFile, placeSource, sourceName } from "./inputs.ts";
import { loadTask, type TaskToRead } from "./load-task.ts";
import { sendPages } from "./send-pages.ts";
import { takeTwin } from "./take-twin.ts";
import { whenAvailable } from "./when-available.ts";
import { worthAnotherTry } from "./worth-another-try.ts";

type PlannedPage = InspectAnswer["pages"][number] & { number: number; filePosition: number };

/** Runs the plan of task `task` at `attempt`; does nothing when another worker holds it or it has moved on. */
export async function plan(
  deps: WorkDeps,
  payload: { task: number; attempt: number },
  signal: AbortSignal,
): Promise<void> {
  const { database, limits } = deps;
  const leaseMs = planTimeoutMs + limits.pagesPerTask * planPageTimeoutMs;
  const installed = await deps.sandbox.languages();
  const mine = { ...payload, leaseMs, lease: randomUUID() };
  const claim = async (tx: Tx) => {
    const task = await loadTask(tx, payload.task, payload.attempt);
    if (task === undefined || (await tx.taskPage.count({ where: { taskId: task.id, attempt: task.attempt } })) > 0)
      return;
    if ((await claimTask(tx, mine)) === undefined) return;
    // Waiting ends here. A plan that is run again began when its first run did.
    const startedAt = task.startedAt ?? new Date();
    await tx.task.update({ where: { id: task.id }, data: { startedAt, revision: { increment: 1 } } });
    return { ...task, startedAt };
  };
  const task = await whenAvailable(deps.log, () => database.asSystem("plan", claim), signal);
  if (task === undefined) return;
  const { lease } = mine;
  try {
    const engine = await engineName(task.options.languages, installed, deps.languagesDir);
    // Whoever asks for a document to be read again means it.
    if (task.attempt === 1 && (await takeTwin(deps, task, { lease, engine }))) return;
    const pages = await inspectAll(deps, task, signal);
    const write = async (tx: Tx) => {
      if (!(await holdTask(tx, { ...payload, lease }))) return;
      const rows = pages.map(({ index, reason, ...page }) => ({
        ...page,
        pageIndex: index,
        reason: toReasonColumn(reason),
      }));
      const fairness = await fairPriority(tx, task.userId);
      await tx.task.update({ where: { id: task.id }, data: { engine } });
      await insertPages(tx, { id: task.id, attempt: task.attempt }, rows);
      const numbers = pages.map((page) => page.number);
      await sendPages(deps, tx, { ...task, pages: pages.length }, numbers, fairness);
      await returnTask(tx, { ...payload, lease });
    };
    await whenAvailable(deps.log, () => database.asSystem("write the plan", write), signal);
  } catch (error) {
    if (!(error instanceof FailureError)) {
      const handBack = () => database.asSystem("hand the plan back", (tx) => returnTask(tx, { ...payload, lease }));
      await whenAvailable(deps.log, handBack, signal);
      throw error;
    }
    await whenAvailable(deps.log, () => failTask(deps, task, { code: error.code, lease }), signal);
  }
}

/** Every chosen page of every file, numbered through the document. */
async function inspectAll(deps: WorkDeps, task: TaskToRead, signal: AbortSignal): Promise<PlannedPage[]> {
  const { sandbox, storage, limits } = deps;
  const all: PlannedPage[] = [];
  for (const source of task.sources) {
    const inspect = (): Promise<InspectAnswer> =>
      sandbox.use(
        async (child) => {
          await placeSource(storage, child, task.taskId, source, signal);
          const password = deps.passwords.get(task.taskId);
          return await child.inspect(
            {
              kind: "inspect",
              file: inputFile(task.taskId, source),
              ...(password === undefined ? {} : { password }),
              mode: task.options.mode,
              maxPages: limits.pagesPerTask,
              maxPixels: limits.imagePixels,
            },
            { signal, timeoutMs: planTimeoutMs },
          );
        },
        { signal, prefer: sourceName(task.taskId, source.position) },
      );
    // As a page gets: whoever opened the file may have been killed for somebody else's sake.
    const answer = await inspect().catch((error: unknown) => {
      if (error instanceof FailureError && worthAnotherTry.has(error.code)) return inspect();
      throw error;
    });
    for (const page of answer.pages) {
      all.push({ ...page, number: all.length + 1, filePosition: source.position });
    }
    if (all.length > limits.pagesPerTask) throw new FailureError("TOO_MANY_PAGES");
  }
  const wanted = new Set(selectPages(task.options.pages, all.length));
  const chosen = all.filter((page) => wanted.has(page.number));
  if (chosen.length === 0) throw new FailureError("NO_PAGES");
  return chosen;
}
