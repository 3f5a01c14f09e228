// The wait behind every live view. It listens before anything is read, so that no change falls between; it holds no transaction;
// and it ends when the client goes, the session ends or the server stops.
import { AppError } from "@legible/shared/errors";
import type { SignedInContext } from "../context.ts";
import { isAlive } from "../session/find.ts";

/** Streams one person may hold open: a browser needs one, and tabs are few. */
const maxStreamsPerUser = 20;

type Ring = { task: number; userId: number; taskId: string };

/** `changed` holds public ids; `all` means that rings were lost, or that listening has just begun: read everything. */
export type Rung = { changed: ReadonlySet<string>; all: boolean };

/**
 * Yields once it listens, then whenever a wanted ring came, and with nothing changed at every check of the session.
 * @throws AppError UNAVAILABLE when the server stops (the client comes back), UNAUTHENTICATED when the session has ended
 * or its person's role changed (a client with a good session refreshes it and comes back),
 * RATE_LIMITED for too many streams.
 */
export async function* rings(
  ctx: SignedInContext,
  signal: AbortSignal | undefined,
  wants: (ring: Ring) => boolean,
): AsyncGenerator<Rung, void> {
  const { database, stopping, streams, streamCheckMs } = ctx.deps;
  const { userId } = ctx.session;
  const open = streams.get(userId) ?? 0;
  if (open >= maxStreamsPerUser) throw new AppError("RATE_LIMITED", "Too many live views are open. Close some.");
  streams.set(userId, open + 1);

  let rung = new Set<string>();
  let wake = Promise.withResolvers<void>();
  let checkDue = false;
  let all = true;
  const onEnd = () => wake.resolve();
  const unsubscribe = database.doorbell.onTask((ring) => {
    if (!wants(ring)) return;
    rung.add(ring.taskId);
    wake.resolve();
  });
  const forget = database.doorbell.onReconnect(() => {
    all = true;
    wake.resolve();
  });
  const timer = setInterval(() => {
    checkDue = true;
    wake.resolve();
  }, streamCheckMs);
  signal?.addEventListener("abort", onEnd);
  stopping.addEventListener("abort", onEnd);
  try {
    while (true) {
      if (signal?.aborted === true) return;
      if (stopping.aborted) throw new AppError("UNAVAILABLE");
      if (checkDue && !(await isAlive(ctx.deps, ctx.session))) throw new AppError("UNAUTHENTICATED");
      if (all || checkDue || rung.size > 0) {
        const found: Rung = { changed: rung, all };
        rung = new Set();
        all = false;
        checkDue = false;
        yield found;
        continue;
      }
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
  } finally {
    unsubscribe();
    forget();
    clearInterval(timer);
    signal?.removeEventListener("abort", onEnd);
    stopping.removeEventListener("abort", onEnd);
    const left = (streams.get(userId) ?? 1) - 1;
    if (left > 0) streams.set(userId, left);
    else streams.delete(userId);
  }
}
