import { memo } from "react";
import type { TaskView } from "../../api/answers.ts";
import type { Messages } from "../../messages/en.ts";
import { formatConfidence, formatDuration, formatWhen } from "../../ui/quantities.ts";
import { describeProgress } from "../describe-progress.ts";
import { StatusMark } from "../status-mark.tsx";
import styles from "./history.module.css";
import { RowActions } from "./row-actions.tsx";
import { TaskLink } from "./task-link.tsx";
import type { ManyMove } from "./use-many.ts";

/** One document. Drawn anew only when something of its own changes: there may be a hundred. */
export const HistoryRow = memo(function HistoryRow({
  task,
  messages,
  selected,
  busy,
  onSelect,
  onMove,
}: {
  task: TaskView;
  messages: Messages;
  selected: boolean;
  busy: boolean;
  onSelect: (taskId: string, selected: boolean) => void;
  onMove: (task: TaskView, move: ManyMove) => void;
}) {
  const { history, locale } = messages;
  const now = new Date();
  return (
    <tr data-selected={selected}>
      <td className={styles.check}>
        <input
          type="checkbox"
          className={styles.tick}
          aria-label={history.select(task.filename)}
          checked={selected}
          onChange={({ currentTarget }) => onSelect(task.taskId, currentTarget.checked)}
        />
      </td>
      <th scope="row" className={styles.filename}>
        <TaskLink taskId={task.taskId} className={styles.link ?? ""}>
          {task.filename}
        </TaskLink>
      </th>
      <td className={`${styles.figureCell} ${styles.optional}`}>
        {task.pagesTotal?.toLocaleString(locale) ?? history.never}
      </td>
      <td className={styles.state}>
        <StatusMark status={task.status} />
        <StateDetail task={task} messages={messages} />
      </td>
      <td className={`${styles.figureCell} ${styles.optional}`}>
        {task.confidence === null ? history.never : formatConfidence(task.confidence, locale)}
      </td>
      <td className={`${styles.figureCell} ${styles.optional}`}>
        {task.processingTimeMs === null ? history.never : formatDuration(task.processingTimeMs, messages)}
      </td>
      <td className={`${styles.figureCell} ${styles.when}`}>
        <time dateTime={task.createdAt}>{formatWhen(task.createdAt, now, locale)}</time>
      </td>
      <td className={`${styles.figureCell} ${styles.optional}`}>
        {task.expiresAt === null ? (
          history.never
        ) : (
          <time dateTime={task.expiresAt}>{formatWhen(task.expiresAt, now, locale)}</time>
        )}
      </td>
      <td className={styles.actions}>
        <RowActions task={task} messages={messages} busy={busy} onMove={onMove} />
      </td>
    </tr>
  );
});

function StateDetail({ task, messages }: { task: TaskView; messages: Messages }) {
  const progress = describeProgress(task, messages);
  const failure = task.error === null ? undefined : messages.failures[task.error.code].message;
  const failed = task.status === "completed" && task.pagesFailed > 0;
  return (
    <>
      {progress === undefined ? null : (
        <span className={styles.detail} title={progress.text}>
          {progress.text}
        </span>
      )}
      {progress === undefined || progress.percent === null ? null : (
        <progress
          className={styles.progress}
          max={100}
          value={progress.percent}
          aria-label={messages.task.progressLabel(task.filename)}
        />
      )}
      {failure === undefined ? null : (
        <span className={styles.detail} title={failure}>
          {failure}
        </span>
      )}
      {failed ? <span className={styles.detail}>{messages.task.failedPages(task.pagesFailed)}</span> : null}
    </>
  );
}
