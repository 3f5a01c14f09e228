// What a person can do to a document. Buttons are shown by the same table of moves that the server keeps.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TaskView } from "../api/answers.ts";
import { useTRPC } from "../api/trpc.ts";
import { applyEvent } from "./apply-event.ts";

/** The moves of a task as mutations. Their answers go into the cache at once; the live event confirms them. */
export function useTaskActions(onDeleted: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = (task: TaskView) => {
    // The live event of what happened next may have been quicker than this answer.
    applyEvent(queryClient, trpc, { kind: "task", task });
    void queryClient.invalidateQueries(trpc.task.list.queryFilter());
  };
  const start = useMutation(trpc.task.start.mutationOptions({ onSuccess }));
  const cancel = useMutation(trpc.task.cancel.mutationOptions({ onSuccess }));
  const retry = useMutation(trpc.task.retry.mutationOptions({ onSuccess }));
  const remove = useMutation(
    trpc.task.delete.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.task.list.queryFilter());
        onDeleted();
      },
    }),
  );
  return { start, cancel, retry, remove };
}
