// The worker: takes jobs from the queue and runs them, as many pages at once as there are sandboxed children.
import { assembleJob, pagesJob, planJob } from "@legible/db/jobs";
import { assembleResults } from "./assemble.ts";
import type { WorkDeps } from "./deps.ts";
import { readPages } from "./pages.ts";
import { plan } from "./plan.ts";
import { reassembleResults } from "./reassemble.ts";
import { reconcile } from "./reconcile.ts";
import { createSamePages } from "./same-pages.ts";
import { openTaskSignals } from "./task-signals.ts";

/** How often tasks without jobs are looked for, ms: the last resort, for what heartbeats and retries of the queue missed. */
const reconcileEveryMs = 60_000;

export type Worker = {
  /** Takes no new jobs, gives running ones `graceMs`, then aborts them: their pages go back to waiting. */
  stop(graceMs: number): Promise<void>;
};

/** Starts taking jobs. `concurrency` pages are read at a time. */
export async function startWorker(deps: WorkDeps & { concurrency: number }): Promise<Worker> {
  const { database, log, concurrency } = deps;
  const same = createSamePages();
  const signals = openTaskSignals(database, log);
  await database.queue.work(planJob, { concurrency: 1 }, (payload, outer) =>
    signals.during(payload, outer, (signal) => plan(deps, payload, signal)),
  );
  await database.queue.work(pagesJob, { concurrency }, (payload, outer, priority) =>
    signals.during(payload, outer, (signal) => readPages(deps, payload, signal, { same, priority })),
  );
  // Not one by one: joining an archive takes minutes. How many there are at once the children decide.
  await database.queue.work(assembleJob, { concurrency }, (payload, outer) =>
    signals.during(payload, outer, async (signal) => {
      await assembleResults(deps, payload, signal);
      await reassembleResults(deps, payload, signal);
    }),
  );
  const timer = setInterval(() => {
    reconcile(deps).catch((error: unknown) => {
      log.error({ error: String(error) }, "Looking for tasks without jobs failed; it is tried again in a minute.");
    });
  }, reconcileEveryMs);
  timer.unref();
  return {
    async stop(graceMs) {
      clearInterval(timer);
      await database.queue.stop({ graceMs });
      signals.close();
    },
  };
}
