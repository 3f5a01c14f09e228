// One move for many documents: each by its own call, so that one that no longer allows it does not stop the others.
import type { TaskMove } from "@legible/shared/task-moves";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TaskView } from "../../api/answers.ts";
import { toProblem } from "../../api/problem.ts";
import { useTRPC, useTRPCClient } from "../../api/trpc.ts";
import { applyEvent } from "../apply-event.ts";

export type ManyMove = Extract<TaskMove, "start" | "cancel" | "retry"> | "delete";
export interface ManyDone {
  done: number;
  /** Left as they were: gone meanwhile, or in another status. */
  left: number;
}

/** Whether the document has everything that `move` needs besides its status. */
export function isWhole(task: TaskView): boolean {
  return task.files.every((file) => file.uploaded);
}

/** Moves documents one after another. What stops all of them (no connection, signed out) is the mutation's error. */
export function useMany() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ taskIds, move }: { taskIds: readonly string[]; move: ManyMove }): Promise<ManyDone> => {
      let done = 0;
      for (const taskId of taskIds) {
        try {
          if (move === "delete") await client.task.delete.mutate({ taskId });
          else applyEvent(queryClient, trpc, { kind: "task", task: await client.task[move].mutate({ taskId }) });
          done += 1;
        } catch (error) {
          if (!["CONFLICT", "NOT_FOUND"].includes(toProblem(error).code)) throw error;
        }
      }
      return { done, left: taskIds.length - done };
    },
    onSettled: () => {
      void queryClient.invalidateQueries(trpc.task.list.queryFilter());
      void queryClient.invalidateQueries(trpc.task.stats.queryFilter());
    },
  });
}
