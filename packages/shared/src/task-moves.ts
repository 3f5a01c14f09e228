// The life of a task as data: the server refuses every move that is not in this table, and the page greys its buttons from it. No schema
// here: the page would have to load the library of them.
import type { TaskStatus } from "./status.ts";

export type TaskMove = "start" | "complete" | "fail" | "cancel" | "retry";

/** For each move: the statuses it may leave, and the one it reaches. */
export const taskMoves: Record<TaskMove, { from: readonly TaskStatus[]; to: TaskStatus }> = {
  start: { from: ["pending"], to: "processing" },
  complete: { from: ["processing"], to: "completed" },
  fail: { from: ["pending", "processing"], to: "failed" },
  cancel: { from: ["pending", "processing"], to: "cancelled" },
  retry: { from: ["failed", "cancelled", "completed"], to: "processing" },
};

/** True when `move` is allowed for a task in `status`. */
export function mayMove(status: TaskStatus, move: TaskMove): boolean {
  return taskMoves[move].from.includes(status);
}

/** True when nothing more will happen to the task by itself. */
export function isSettled(status: TaskStatus): boolean {
  return status === "completed" || status === "failed" || status === "cancelled";
}
