// One move for many documents in one call: one that no longer allows it does not stop the others.
import type { ErrorCode } from "@legible/shared/errors";
import type { TaskMove } from "@legible/shared/task-moves";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TaskView } from "../../api/answers.ts";
import { useTRPC } from "../../api/trpc.ts";

export type ManyMove = Extract<TaskMove, "start" | "cancel" | "retry"> | "delete";

/** Whether the document has everything that `move` needs besides its status. */
export function isWhole(task: TaskView): boolean {
  return task.files.every((file) => file.uploaded);
}

/** Refusals that only say that the document has changed meanwhile. */
const overtaken = new Set<ErrorCode>(["CONFLICT", "NOT_FOUND"]);

/** The first refusal that is the person's to know: a quota that is used up, say. */
export function toldRefusal(refused: readonly { code: ErrorCode }[]): ErrorCode | undefined {
  return refused.find(({ code }) => !overtaken.has(code))?.code;
}

/** Moves documents. What stops all of them (no connection, signed out) is the mutation's error. */
export function useMany() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.task.bulk.mutationOptions({
      onSettled: () => {
        void queryClient.invalidateQueries(trpc.task.list.queryFilter());
        void queryClient.invalidateQueries(trpc.task.stats.queryFilter());
      },
    }),
  );
}
