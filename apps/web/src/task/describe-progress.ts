// What is happening with a document, in words and as a number.
import type { TaskView } from "../api/answers.ts";
import type { Messages } from "../messages/en.ts";
import { toPercent } from "../ui/quantities.ts";

export interface Progress {
  text: string;
  /** 0–100; null when there is nothing to measure yet. */
  percent: number | null;
}

type Facts = Pick<TaskView, "status" | "pagesTotal" | "pagesDone" | "pagesFailed" | "queuePosition" | "startedAt"> & {
  files: readonly Pick<TaskView["files"][number], "uploaded">[];
};

/** The state of a waiting or running task; undefined when it is settled. */
export function describeProgress(task: Facts, messages: Messages): Progress | undefined {
  if (task.status === "pending") {
    if (task.files.some((file) => !file.uploaded)) return { text: messages.task.uploading, percent: null };
    if (task.queuePosition !== null) return { text: messages.task.queued(task.queuePosition), percent: null };
    return { text: messages.statuses.pending, percent: null };
  }
  if (task.status !== "processing") return undefined;
  if (task.pagesTotal === null) {
    const text = task.queuePosition === null ? messages.task.opening : messages.task.queued(task.queuePosition);
    return { text, percent: null };
  }
  const finished = task.pagesDone + task.pagesFailed;
  if (finished >= task.pagesTotal) return { text: messages.task.assembling, percent: 100 };
  return {
    text: messages.task.pageOf(finished, task.pagesTotal),
    percent: toPercent(finished, task.pagesTotal),
  };
}
