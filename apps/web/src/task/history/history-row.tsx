import { Checkbox, Progress, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { TaskView } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { formatConfidence, formatDuration, formatWhen } from "../../ui/quantities.ts";
import { describeProgress } from "../describe-progress.ts";
import { StatusMark } from "../status-mark.tsx";
import styles from "./history.module.css";
import { RowActions } from "./row-actions.tsx";
import type { ManyMove } from "./use-many.ts";

export function HistoryRow({
  task,
  selected,
  busy,
  onSelect,
  onMove,
}: {
  task: TaskView;
  selected: boolean;
  busy: boolean;
  onSelect: (selected: boolean) => void;
  onMove: (move: ManyMove) => void;
}) {
  const messages = useMessages();
  const { history } = messages;
  const progress = describeProgress(task, messages);
  const now = new Date();
  return (
    <Table.Tr data-selected={selected}>
      <Table.Td className={styles.check}>
        <Checkbox
          size="xs"
          aria-label={history.select(task.filename)}
          checked={selected}
          onChange={({ currentTarget }) => onSelect(currentTarget.checked)}
        />
      </Table.Td>
      <Table.Th scope="row" className={styles.filename}>
        <Link to="/tasks/$taskId" params={{ taskId: task.taskId }} className={styles.link ?? ""} title={task.filename}>
          {task.filename}
        </Link>
      </Table.Th>
      <Table.Td className={`${styles.figureCell} ${styles.optional}`}>
        {task.pagesTotal?.toLocaleString(messages.locale) ?? history.never}
      </Table.Td>
      <Table.Td className={styles.state}>
        <StatusMark status={task.status} />
        {progress === undefined ? null : (
          <Text size="xs" c="dimmed" truncate>
            {progress.text}
          </Text>
        )}
        {progress === undefined || progress.percent === null ? null : (
          <Progress
            size={3}
            mt={3}
            value={progress.percent}
            aria-label={messages.task.progressLabel(task.filename)}
            transitionDuration={300}
          />
        )}
        {task.error === null ? null : (
          <Text size="xs" c="dimmed" truncate title={messages.failures[task.error.code].message}>
            {messages.failures[task.error.code].message}
          </Text>
        )}
        {task.status === "completed" && task.pagesFailed > 0 ? (
          <Text size="xs" c="dimmed" truncate>
            {messages.task.failedPages(task.pagesFailed)}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td className={`${styles.figureCell} ${styles.optional}`}>
        {task.confidence === null ? history.never : formatConfidence(task.confidence, messages.locale)}
      </Table.Td>
      <Table.Td className={`${styles.figureCell} ${styles.optional}`}>
        {task.processingTimeMs === null ? history.never : formatDuration(task.processingTimeMs, messages)}
      </Table.Td>
      <Table.Td className={`${styles.figureCell} ${styles.when}`}>
        <time dateTime={task.createdAt}>{formatWhen(task.createdAt, now, messages.locale)}</time>
      </Table.Td>
      <Table.Td className={`${styles.figureCell} ${styles.optional}`}>
        {task.expiresAt === null ? (
          history.never
        ) : (
          <time dateTime={task.expiresAt}>{formatWhen(task.expiresAt, now, messages.locale)}</time>
        )}
      </Table.Td>
      <Table.Td className={styles.actions}>
        <RowActions task={task} busy={busy} onMove={onMove} />
      </Table.Td>
    </Table.Tr>
  );
}
