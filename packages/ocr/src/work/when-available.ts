// What a job has found out outlives a short absence of the database: writing it down is tried again until the database is back.
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@legible/shared/errors";

/** A restart takes seconds, a recovery after a power cut somewhat longer, ms. What takes longer is left to the leases. */
const patienceMs = 60_000;
const betweenMs = 500;

/**
 * Runs `work` again for as long as it finds the database away. It may have been committed the time before without an answer: `work` has to
 * notice that by itself. @throws what `work` throws, when it is something else, when `signal` is aborted, or after a minute.
 */
export async function whenAvailable<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const away = error instanceof AppError && error.code === "UNAVAILABLE";
      if (!away || signal.aborted || performance.now() > until) throw error;
      await delay(betweenMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
