import type { TaskView } from "../api/answers.ts";
import { useMessages } from "../messages/use-messages.ts";
import { formatConfidence, formatDuration, formatWhen } from "../ui/quantities.ts";
import styles from "./task-facts.module.css";

/** The figures of a document in one line, as terms and values. */
export function TaskFacts({ task }: { task: TaskView }) {
  const messages = useMessages();
  const now = new Date();
  const facts: [string, string][] = [];
  if (task.pagesTotal !== null) facts.push([messages.task.pagesFact, task.pagesTotal.toLocaleString(messages.locale)]);
  if (task.confidence !== null)
    facts.push([messages.task.confidence, formatConfidence(task.confidence, messages.locale)]);
  if (task.processingTimeMs !== null) facts.push([messages.task.time, formatDuration(task.processingTimeMs, messages)]);
  facts.push([messages.task.languages, task.options.languages.map(messages.languageName).join(", ")]);
  facts.push([messages.task.created, formatWhen(task.createdAt, now, messages.locale)]);
  if (task.expiresAt !== null) facts.push([messages.task.expires, formatWhen(task.expiresAt, now, messages.locale)]);
  if (task.files.length > 1) facts.push([messages.task.filesTitle, task.files.map((file) => file.name).join(", ")]);
  return (
    <dl className={styles.facts}>
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd className="break-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
