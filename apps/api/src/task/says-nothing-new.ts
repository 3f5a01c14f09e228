// Whether a live view has to be told: places and estimates move without a change of the task.
import type { TaskView } from "@legible/shared/task";

/** True when `now` says nothing new: an estimate may waver by a tenth. */
export function saysNothingNew(before: TaskView, now: TaskView): boolean {
  if (before.revision !== now.revision || before.queuePosition !== now.queuePosition) return false;
  if (before.estimatedMs === null || now.estimatedMs === null) return before.estimatedMs === now.estimatedMs;
  return Math.abs(before.estimatedMs - now.estimatedMs) <= before.estimatedMs / 10;
}
