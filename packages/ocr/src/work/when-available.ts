// What a job has found out outlives a short absence of the database: writing it down is tried again until the database is back.
import { setTimeout as delay } from "node:timers/promises";
import { codesOf } from "@legible/db/failure";
import { AppError } from "@legible/shared/errors";
import type { Log } from "@legible/shared/log";

/** A restart takes seconds, a recovery after a power cut somewhat longer, ms. What takes longer is left to the leases. */
const patienceMs = 60_000;
const betweenMs = 500;

/**
 * Runs `work` again for as long as it finds the database away, and says so in the log, once for each wait. It may have been committed the
 * time before without an answer: `work` has to notice that by itself. @throws what `work` throws, when it is something else, when `signal`
 * is aborted (after one more try, if that came during the wait), or after a minute.
 */
export async function whenAvailable<T>(log: Log, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const began = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      const done = await work();
      if (tries > 1) log.info({ tries, ms: Math.round(performance.now() - began) }, "The database is back for a job.");
      return done;
    } catch (error) {
      const away = error instanceof AppError && error.code === "UNAVAILABLE";
      if (!away || signal.aborted || performance.now() > began + patienceMs) throw error;
      // Codes only: the driver's sentences may quote what was to be written.
      if (tries === 1)
        log.warn({ codes: [...codesOf(error)] }, "The database is away or too busy; a job waits for it.");
      // Rejects only when the signal is aborted: then the next failure is the last.
      await delay(betweenMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
