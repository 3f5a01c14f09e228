// What is happening with the document, or what went wrong and what can be done about it.

import { Alert, Group, Progress, Text } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import IconInfoCircle from "@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs";
import type { TaskView } from "../api/answers.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { describeProgress } from "./describe-progress.ts";
import { StatusMark } from "./status-mark.tsx";
import styles from "./task-state.module.css";

export function TaskState({ task }: { task: TaskView }) {
  const messages = useMessages();
  const progress = describeProgress(task, messages);
  const failure = task.status === "failed" && task.error !== null ? task.error : null;
  return (
    <div className={styles.state}>
      <Group gap={10} aria-live="polite" aria-atomic="true" role="status">
        <StatusMark status={task.status} />
        {progress === undefined ? null : <Text c="dimmed">{progress.text}</Text>}
      </Group>
      {progress === undefined ? null : (
        <Progress
          value={progress.percent ?? 100}
          striped={progress.percent === null || progress.percent === 100}
          animated={progress.percent === null || progress.percent === 100}
          color={progress.percent === null ? "gray" : "ink"}
          aria-label={messages.task.progressLabel(task.filename)}
          transitionDuration={300}
        />
      )}
      {failure === null ? null : (
        <ProblemAlert
          sentence={{
            message: `${failure.page === undefined ? "" : `${messages.task.onPage(failure.page)} `}${messages.failures[failure.code].message}`,
            nextStep: messages.failures[failure.code].nextStep,
          }}
        />
      )}
      {task.status === "completed" && task.pagesFailed > 0 ? (
        <Alert
          variant="light"
          color="yellow"
          icon={<IconAlertTriangle size={20} stroke={1.7} />}
          title={messages.task.failedPages(task.pagesFailed)}
        >
          {messages.task.failedPagesNext}
        </Alert>
      ) : null}
      {task.notes.map(({ code }) => (
        <Alert key={code} variant="light" color="gray" icon={<IconInfoCircle size={20} stroke={1.7} />}>
          {messages.notes[code]}
        </Alert>
      ))}
    </div>
  );
}
