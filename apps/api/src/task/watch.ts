// Live view of one task: the whole state whenever it changed, never a difference.
import type { TaskView, watchInput } from "@legible/shared/task";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { getTask } from "./get.ts";
import { rings } from "./rings.ts";

/** Begins with the state as it is, so a client that was away needs nothing else. @throws AppError NOT_FOUND, also after a delete. */
export async function* watchTask(
  ctx: SignedInContext,
  input: z.output<typeof watchInput>,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<TaskView>, void> {
  let last: TaskView | undefined;
  for await (const { changed, all } of rings(ctx, signal, (ring) => ring.taskId === input.taskId)) {
    // A place in the queue changes without a ring: other people's tasks move.
    const look = all || changed.size > 0 || (last?.queuePosition ?? null) !== null;
    if (!look) continue;
    const view = await getTask(ctx, { taskId: input.taskId });
    if (last?.revision === view.revision && last.queuePosition === view.queuePosition) continue;
    last = view;
    yield tracked(String(view.revision), view);
  }
}
