// Live view of one task: the whole state whenever it changed, never a difference.
import type { TaskView, watchInput } from "@legible/shared/task";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { getTask } from "./get.ts";
import { rings } from "./rings.ts";
import { saysNothingNew } from "./says-nothing-new.ts";

/**
 * Begins with the state as it is, unless the client has seen that very revision. @throws AppError NOT_FOUND, also after a delete.
 */
export async function* watchTask(
  ctx: SignedInContext,
  input: z.output<typeof watchInput>,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<TaskView>, void> {
  // Who was away and has seen the present revision misses nothing but a place in the queue.
  let seen = input.lastEventId ?? undefined;
  let last: TaskView | undefined;
  for await (const { changed, all } of rings(ctx, signal, (ring) => ring.taskId === input.taskId)) {
    // A place in the queue and an estimate change without a ring: other people's tasks move.
    const look = all || changed.size > 0 || last?.status === "processing";
    if (!look) continue;
    const view = await getTask(ctx, { taskId: input.taskId });
    const known = seen === String(view.revision) && view.queuePosition === null && view.estimatedMs === null;
    seen = undefined;
    if (last !== undefined && saysNothingNew(last, view)) continue;
    last = view;
    if (!known) yield tracked(String(view.revision), view);
  }
}
