// Cancelling or deleting a task ends the work on it at once: its doorbell rings, the row is read again, and if the task has
// moved on, whatever this process is doing for it is aborted, which kills the sandboxed child.
import type { Database } from "@legible/db/database";
import type { Log } from "@legible/shared/log";
import { whenAvailable } from "./when-available.ts";

export type TaskSignals = {
  /**
   * Runs `work` with a signal that is aborted when `signal` is, or when the task leaves `processing` or gets another attempt.
   * In the latter case it returns quietly: there is nothing left to do for the job.
   */
  during(
    job: { task: number; attempt: number },
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  close(): void;
};

const select = { status: true, attempt: true, deletedAt: true, corrections: true, correctionsAssembled: true } as const;

class TaskMovedOn extends Error {}

type Running = { attempt: number; moved: AbortController };

/** Listens to the doorbell until closed. */
export function openTaskSignals(database: Database, log: Log): TaskSignals {
  const byTask = new Map<number, Set<Running>>();
  const closing = new AbortController();

  async function look(task: number): Promise<void> {
    const running = byTask.get(task);
    if (running === undefined) return;
    const row = await database.asSystem("is the task still wanted", (tx) =>
      tx.task.findUnique({ where: { id: task }, select }),
    );
    // A completed task is worked on while its results lack corrections.
    const open =
      row?.status === "processing" || (row?.status === "completed" && row.corrections > row.correctionsAssembled);
    for (const { attempt, moved } of running) {
      const wanted = open && row?.attempt === attempt && row.deletedAt === null;
      if (!wanted) moved.abort(new TaskMovedOn("The task is not to be read any more."));
    }
  }

  const lookAgain = (task: number) => {
    // One ring is all there is of a cancellation: when it cannot be looked at now, it is a little later.
    whenAvailable(log, () => look(task), closing.signal).catch((error: unknown) => {
      // The fenced writes still keep a late result out; only the time until the page ends is lost.
      log.warn({ task, error: String(error) }, "A task that changed could not be looked at.");
    });
  };
  const unsubscribe = database.doorbell.onTask((ring) => lookAgain(ring.task));
  // A cancellation may have been among the rings that were missed.
  const forget = database.doorbell.onReconnect(() => {
    for (const task of byTask.keys()) lookAgain(task);
  });

  return {
    async during(job, signal, work) {
      const running: Running = { attempt: job.attempt, moved: new AbortController() };
      const all = byTask.get(job.task) ?? new Set();
      byTask.set(job.task, all.add(running));
      try {
        await work(AbortSignal.any([signal, running.moved.signal]));
      } catch (error) {
        if (running.moved.signal.aborted && !signal.aborted) return;
        throw error;
      } finally {
        all.delete(running);
        if (all.size === 0) byTask.delete(job.task);
      }
    },
    close() {
      closing.abort();
      unsubscribe();
      forget();
    },
  };
}
