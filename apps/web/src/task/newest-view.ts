import type { TaskView } from "../api/answers.ts";

/**
 * For `structuralSharing` of queries that hold one task: an answer that was under way while a live event came in is older than
 * what the cache holds, and must not replace it.
 */
export function newestView(held: unknown, answer: unknown): unknown {
  const before = held as TaskView | undefined;
  const after = answer as TaskView;
  return before !== undefined && before.taskId === after.taskId && before.revision > after.revision ? before : after;
}
