// Live view of all of the caller's tasks: one stream for the whole page.
import type { TaskView, watchAllEvent, watchAllInput } from "@legible/shared/task";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { viewTasks } from "./get.ts";
import { rings } from "./rings.ts";
import { saysNothingNew } from "./says-nothing-new.ts";

export type WatchAllEvent = z.output<typeof watchAllEvent>;

/** Tasks read at once. */
const maxAtOnce = 200;
/** Removals are told to who was away for no longer than this, ms; who was away for longer has listed again. */
const removalsToldMs = 24 * 60 * 60_000;
/** Two clocks may differ, and a transaction commits after the moment it writes down: so much is told twice rather than not, ms. */
const overlapMs = 10_000;

/**
 * Begins with the tasks that are not settled, the newest first, and for a client that was away (`lastEventId`) with what changed since;
 * then each task that changes or goes, and each whose place in the queue moved. What was away for longer than a deletion can be undone
 * lists again.
 */
export async function* watchAllTasks(
  ctx: SignedInContext,
  input: z.output<typeof watchAllInput>,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<WatchAllEvent>, void> {
  const { userId } = ctx.session;
  const lastSeen = Number(input.lastEventId ?? 0);
  let eventId = 0;
  // Ids are moments, so that one says since when a client has heard nothing.
  const send = (event: WatchAllEvent) => {
    eventId = Math.max(eventId + 1, Date.now());
    return tracked(String(eventId), event);
  };
  // A moment that has not come yet: the clock was set back since.
  const known = lastSeen > Date.now() + overlapMs ? Date.now() - removalsToldMs : lastSeen;
  let lookedAt = Number.isSafeInteger(lastSeen) ? known : 0;
  const moving = new Map<string, TaskView>();
  for await (const { changed, all } of rings(ctx, signal, (ring) => ring.userId === userId)) {
    const since = lookedAt;
    lookedAt = Date.now();
    const wanted = new Set(changed);
    if (all && since > 0) {
      for (const taskId of await changedSince(ctx, since - overlapMs)) wanted.add(taskId);
      for (const taskId of await purgedSince(ctx, since - overlapMs)) wanted.add(taskId);
    }
    const present = all ? await findTasks(ctx, { status: { in: ["pending", "processing"] } }) : [];
    const seen = new Set(present.map((task) => task.taskId));
    const others = [...wanted].filter((taskId) => !seen.has(taskId));
    for (let from = 0; from < others.length; from += maxAtOnce) {
      present.push(...(await findTasks(ctx, { taskId: { in: others.slice(from, from + maxAtOnce) } })));
    }
    const rung = new Set([...wanted, ...seen]);
    const still = [...moving.keys()].filter((taskId) => !rung.has(taskId)).slice(0, maxAtOnce);
    if (still.length > 0) present.push(...(await findTasks(ctx, { taskId: { in: still } })));
    for (const task of present) {
      seen.add(task.taskId);
      const before = moving.get(task.taskId);
      if (task.status === "processing") moving.set(task.taskId, before ?? task);
      else moving.delete(task.taskId);
      if (!rung.has(task.taskId) && before !== undefined && saysNothingNew(before, task)) continue;
      if (task.status === "processing") moving.set(task.taskId, task);
      yield send({ kind: "task", task });
    }
    for (const taskId of others) {
      if (seen.has(taskId)) continue;
      moving.delete(taskId);
      yield send({ kind: "removed", taskId });
    }
  }
}

/** Public ids of the caller's tasks whose rows were removed since then: only the audit log still knows them. */
async function purgedSince(ctx: SignedInContext, since: number): Promise<string[]> {
  const { userId } = ctx.session;
  const from = new Date(Math.max(since, Date.now() - removalsToldMs));
  const entries = await ctx.deps.database.asSystem("removals for a live view", (tx) =>
    tx.auditLog.findMany({
      where: { userId, action: "retention.purged", createdAt: { gte: from } },
      select: { object: true },
      orderBy: { createdAt: "desc" },
      take: maxAtOnce,
    }),
  );
  return entries.flatMap(({ object }) => (object === null ? [] : [object]));
}

/** Public ids of the caller's tasks that changed or were deleted since then, as far as their rows are there. */
async function changedSince(ctx: SignedInContext, since: number): Promise<string[]> {
  const rows = await ctx.deps.database.asUser(ctx.session.userId, (tx) =>
    tx.task.findMany({
      where: { userId: ctx.session.userId, updatedAt: { gte: new Date(since) } },
      select: { taskId: true },
      orderBy: { updatedAt: "desc" },
      take: maxAtOnce,
    }),
  );
  return rows.map((row) => row.taskId);
}

async function findTasks(
  ctx: SignedInContext,
  where: { taskId: { in: string[] } } | { status: { in: string[] } },
): Promise<TaskView[]> {
  const rows = await ctx.deps.database.asUser(ctx.session.userId, (tx) =>
    tx.task.findMany({
      where: { ...where, deletedAt: null },
      orderBy: { id: "desc" },
      take: maxAtOnce,
      include: { files: { orderBy: { position: "asc" } } },
    }),
  );
  return viewTasks(ctx, rows);
}
