// Documents whose files never all arrived, and sessions that nobody can use any more.
import { uploadLeftoverMs } from "@legible/shared/limits";
import type { Deps } from "../deps.ts";
import { removeTask } from "./remove-task.ts";

/** Looked at in one run. */
const atOnce = 200;
/** Ended sessions are kept this long for whoever looks into who was here, ms. */
const sessionsKeptMs = 30 * 24 * 60 * 60_000;

/** Removes tasks that have waited a day for a file. Returns how many. */
export async function removeLeftovers(deps: Deps, now: Date): Promise<number> {
  const before = new Date(now.getTime() - uploadLeftoverMs);
  const left = await deps.database.asSystem("upload leftovers", (tx) =>
    tx.task.findMany({
      where: {
        status: "pending",
        createdAt: { lt: before },
        updatedAt: { lt: before },
        deletedAt: null,
        files: { some: { uploadedAt: null } },
      },
      select: { id: true, taskId: true, userId: true },
      orderBy: { createdAt: "asc" },
      take: atOnce,
    }),
  );
  let gone = 0;
  for (const task of left) {
    // The mark first: from here on no file can arrive, and a crash leaves a deletion that goes on by itself.
    const { count } = await deps.database.asSystem("mark an upload leftover", (tx) =>
      tx.task.updateMany({
        where: { id: task.id, status: "pending", updatedAt: { lt: before }, deletedAt: null },
        data: { deletedAt: new Date(0), revision: { increment: 1 } },
      }),
    );
    if (count === 1 && (await removeTask(deps, task, { reason: "files never arrived" }))) gone++;
  }
  return gone;
}

/** Removes sessions that ended a month ago. Returns how many. */
export async function removeOldSessions(deps: Deps, now: Date): Promise<number> {
  const { count } = await deps.database.asSystem("ended sessions", (tx) =>
    tx.session.deleteMany({ where: { absoluteExpiresAt: { lt: new Date(now.getTime() - sessionsKeptMs) } } }),
  );
  return count;
}

/** Removes counts of failed sign-ins that are forgotten. */
export async function removeOldAttempts(deps: Pick<Deps, "database">): Promise<void> {
  await deps.database.asSystem(
    "old sign-in attempts",
    (tx) =>
      tx.$executeRaw`
      DELETE FROM legible_sign_in_attempts WHERE forget_at < now() AND coalesce(known_until, '-infinity') < now()`,
  );
}
