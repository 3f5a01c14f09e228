// What is happening with a document, in words and as a number.
import type { TaskView } from "../api/answers.ts";
import type { Messages } from "../messages/en.ts";
import { formatDuration, toPercent } from "../ui/quantities.ts";

export interface Progress {
  text: string;
  /** 0–100; null when there is nothing to measure yet. */
  percent: number | null;
}

type Facts = Pick<
  TaskView,
  "status" | "pagesTotal" | "pagesDone" | "pagesFailed" | "queuePosition" | "startedAt" | "estimatedMs"
> & {
  files: readonly Pick<TaskView["files"][number], "uploaded">[];
};

/** The state of a waiting or running task; undefined when it is settled. */
export function describeProgress(task: Facts, messages: Messages): Progress | undefined {
  if (task.status === "pending") {
    if (task.files.some((file) => !file.uploaded)) return { text: messages.task.uploading, percent: null };
    if (task.queuePosition !== null) return { text: queued(task.queuePosition, task, messages), percent: null };
    return { text: messages.task.notStarted, percent: null };
  }
  if (task.status !== "processing") return undefined;
  if (task.pagesTotal === null) {
    const text = task.queuePosition === null ? messages.task.opening : queued(task.queuePosition, task, messages);
    return { text, percent: null };
  }
  const finished = task.pagesDone + task.pagesFailed;
  if (finished >= task.pagesTotal) return { text: messages.task.assembling, percent: 100 };
  return {
    text: withEstimate(messages.task.pageOf(finished, task.pagesTotal), task, messages),
    percent: toPercent(finished, task.pagesTotal),
  };
}

function queued(position: number, task: Facts, messages: Messages): string {
  return withEstimate(messages.task.queued(position), task, messages);
}

/** Steps in which an estimate is told, ms: it is a guess, and a number that jumps with each page is no help. */
const steps = [5_000, 60_000, 600_000] as const;

function withEstimate(text: string, { estimatedMs }: Facts, messages: Messages): string {
  if (estimatedMs === null || estimatedMs < steps[0]) return text;
  const step = estimatedMs < 60_000 ? steps[0] : estimatedMs < 3_600_000 ? steps[1] : steps[2];
  const rounded = Math.ceil(estimatedMs / step) * step;
  return messages.task.withEstimate(text, formatDuration(rounded, messages));
}
