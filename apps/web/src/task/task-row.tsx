import { Group, Progress, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { TaskView } from "../api/answers.ts";
import type { Messages } from "../messages/en.ts";
import { useMessages } from "../messages/use-messages.ts";
import { formatConfidence, formatDuration, formatWhen } from "../ui/quantities.ts";
import { describeProgress } from "./describe-progress.ts";
import { StatusMark } from "./status-mark.tsx";
import styles from "./task-list.module.css";

/** One document in the list. */
export function TaskRow({ task }: { task: TaskView }) {
  const messages = useMessages();
  const progress = describeProgress(task, messages);
  const detail = describeDetail(task, messages);
  return (
    <li className={styles.row}>
      <div>
        <Link to="/tasks/$taskId" params={{ taskId: task.taskId }} className={styles.name ?? ""} title={task.filename}>
          {task.filename}
        </Link>
        {detail === "" ? null : (
          <Text size="sm" c="dimmed" className={styles.sub ?? ""} title={detail}>
            {detail}
          </Text>
        )}
      </div>
      <div className={styles.state}>
        <Group gap={8} wrap="nowrap">
          <StatusMark status={task.status} />
          {progress === undefined ? null : (
            <Text size="sm" c="dimmed" truncate>
              {progress.text}
            </Text>
          )}
        </Group>
        {progress === undefined || progress.percent === null ? null : (
          <Progress
            size={4}
            mt={5}
            value={progress.percent}
            aria-label={messages.task.progressLabel(task.filename)}
            transitionDuration={300}
          />
        )}
      </div>
      <Text size="sm" c="dimmed" component="time" dateTime={task.createdAt} className={styles.when ?? ""}>
        {formatWhen(task.createdAt, new Date(), messages.locale)}
      </Text>
    </li>
  );
}

function describeDetail(task: TaskView, messages: Messages): string {
  if (task.error !== null) return messages.failures[task.error.code].message;
  const parts: string[] = [];
  if (task.pagesTotal !== null) parts.push(messages.task.pages(task.pagesTotal));
  if (task.status === "completed") {
    if (task.pagesFailed > 0) parts.push(messages.task.failedPages(task.pagesFailed));
    if (task.confidence !== null) parts.push(formatConfidence(task.confidence, messages.locale));
    if (task.processingTimeMs !== null) parts.push(formatDuration(task.processingTimeMs, messages));
  }
  return parts.join(" · ");
}
