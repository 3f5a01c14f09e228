// Live view of all of the caller's tasks: one stream for the whole page.
import type { TaskView, watchAllEvent } from "@legible/shared/task";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { viewTasks } from "./get.ts";
import { rings } from "./rings.ts";

export type WatchAllEvent = z.output<typeof watchAllEvent>;

/** Tasks read at once. */
const maxAtOnce = 200;

/** Begins with the tasks that are not settled, the newest first; then each task that changes or goes. A page that was away lists again. */
export async function* watchAllTasks(
  ctx: SignedInContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<WatchAllEvent>, void> {
  const { userId } = ctx.session;
  let eventId = Date.now();
  for await (const { changed, all } of rings(ctx, signal, (ring) => ring.userId === userId)) {
    const present = all ? await findTasks(ctx, { status: { in: ["pending", "processing"] } }) : [];
    const seen = new Set(present.map((task) => task.taskId));
    const others = [...changed].filter((taskId) => !seen.has(taskId));
    for (let from = 0; from < others.length; from += maxAtOnce) {
      present.push(...(await findTasks(ctx, { taskId: { in: others.slice(from, from + maxAtOnce) } })));
    }
    for (const task of present) {
      seen.add(task.taskId);
      yield tracked(String(eventId++), { kind: "task", task });
    }
    for (const taskId of others) {
      if (!seen.has(taskId)) yield tracked(String(eventId++), { kind: "removed", taskId });
    }
  }
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
