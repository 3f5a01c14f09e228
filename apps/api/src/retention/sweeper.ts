// Runs the sweeps of this process. Each may run in several processes at once: every removal is a conditional update first.
import { addSums } from "@legible/db/add-sums";
import type { Deps } from "../deps.ts";
import { compareStorage, type Orphans } from "./compare-storage.ts";
import { expireResults } from "./expire-results.ts";
import { expireUnstarted } from "./expire-unstarted.ts";
import { purgeDeleted } from "./purge-deleted.ts";
import { removeLeftovers, removeOldAttempts, removeOldSessions } from "./remove-leftovers.ts";

/** Deletions follow soon after their time for undoing, ms. */
const purgeEveryMs = 5_000;
/** A busy minute leaves some thousands of rows to add up, ms. */
const sumsEveryMs = 60_000;
/** Counts of calls are over after a minute, ms. */
const countsEveryMs = 60_000;
/** Retention counts in days, ms. */
const expireEveryMs = 60 * 60_000;
/** Everything is listed: four times a day is enough for what should never happen, ms. */
const compareEveryMs = 6 * 60 * 60_000;

export type Sweeper = { /** Ends after the sweep in hand. */ stop(): Promise<void> };

/** Starts the sweeps. A failing one is logged and tried again at its next time. */
export function startSweeper(deps: Deps): Sweeper {
  const orphans: Orphans = new Map();
  const timers: NodeJS.Timeout[] = [];
  const running = new Set<Promise<void>>();
  const every = (ms: number, name: string, sweep: () => Promise<void>) => {
    let busy = false;
    const run = () => {
      if (busy) return;
      busy = true;
      const sweeping = sweep()
        .catch((error: unknown) => deps.log.error({ error: String(error), sweep: name }, "A sweep failed."))
        .finally(() => {
          busy = false;
          running.delete(sweeping);
        });
      running.add(sweeping);
    };
    timers.push(setInterval(run, ms).unref());
  };
  every(purgeEveryMs, "deleted", async () => {
    await purgeDeleted(deps, new Date());
  });
  every(countsEveryMs, "counts", () => deps.database.counters.sweep());
  every(sumsEveryMs, "sums", () => deps.database.asSystem("add sums", (tx) => addSums(tx)));
  every(expireEveryMs, "expired", async () => {
    const now = new Date();
    const expired = await expireResults(deps, now);
    const unstarted = await expireUnstarted(deps, now);
    const leftovers = await removeLeftovers(deps, now);
    const sessions = await removeOldSessions(deps, now);
    await removeOldAttempts(deps);
    const swept = { expired, unstarted, leftovers, sessions };
    if (Object.values(swept).some((count) => count > 0)) deps.log.info(swept, "Swept what is over.");
  });
  every(compareEveryMs, "storage", async () => {
    deps.log.info(await compareStorage(deps, orphans, new Date()), "Compared rows with storage.");
  });
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
