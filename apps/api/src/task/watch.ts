// Live view of one task.
import type { TaskView, watchInput } from "@legible/shared/task";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { getTask } from "./get.ts";

export async function* watchTask(
  ctx: SignedInContext,
  input: z.output<typeof watchInput>,
  _signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<TaskView>, void> {
  const view: TaskView = await getTask(ctx, { taskId: input.taskId });
  yield tracked(String(view.revision), view);
}
