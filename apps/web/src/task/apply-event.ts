// A live event carries the whole task: it replaces what the cache holds, and lists that may have changed shape are asked again.
import type { QueryClient } from "@tanstack/react-query";
import type { TaskEvent, TaskList } from "../api/answers.ts";
import type { Trpc } from "../api/trpc.ts";
import { markRemoved, unmarkRemoved } from "./removed.ts";

/** Puts `event` into the cache. Older revisions than the one held are dropped. */
export function applyEvent(queryClient: QueryClient, trpc: Trpc, event: TaskEvent): void {
  if (event.kind === "removed") {
    markRemoved(queryClient, event.taskId);
    void queryClient.invalidateQueries(trpc.task.list.queryFilter());
    void queryClient.invalidateQueries(trpc.task.stats.queryFilter());
    queryClient.removeQueries({ ...trpc.task.get.queryFilter({ taskId: event.taskId }), type: "inactive" });
    return;
  }
  const { task } = event;
  unmarkRemoved(queryClient, task.taskId);
  const held = queryClient.getQueryData(trpc.task.get.queryKey({ taskId: task.taskId }));
  if (held === undefined || held.revision <= task.revision) {
    queryClient.setQueryData(trpc.task.get.queryKey({ taskId: task.taskId }), task);
  }
  // Trees change when a document is read again, or corrected in another tab.
  const changed = held !== undefined && (held.status !== task.status || held.corrections !== task.corrections);
  if (changed) {
    const trees = trpc.task.page.pathKey();
    void queryClient.invalidateQueries({
      queryKey: trees,
      predicate: ({ queryKey }) => (queryKey[1] as { input?: { taskId?: string } }).input?.taskId === task.taskId,
    });
  }
  let reshaped = false;
  queryClient.setQueriesData(trpc.task.list.queryFilter(), (list: TaskList | undefined) => {
    const before = list?.items.find((item) => item.taskId === task.taskId);
    if (list === undefined || before === undefined || before.status !== task.status) reshaped = true;
    if (list === undefined || before === undefined || before.revision > task.revision) return list;
    return { ...list, items: list.items.map((item) => (item === before ? task : item)) };
  });
  if (reshaped) {
    void queryClient.invalidateQueries(trpc.task.list.queryFilter());
    void queryClient.invalidateQueries(trpc.task.stats.queryFilter());
  }
  void queryClient.invalidateQueries(trpc.task.pages.queryFilter({ taskId: task.taskId }));
}
