// The text as it was read, as plain Markdown: never as HTML, because a document is written by strangers.

import { isSettled } from "@legible/shared/status";
import { ScrollArea, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TaskView } from "../api/answers.ts";
import { ProblemError, sentenceOf, toBodyProblem, toProblem } from "../api/problem.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { downloadUrl } from "./download-url.ts";
import styles from "./markdown-preview.module.css";

/** Characters shown: a book would freeze the page for seconds. */
const shownCharacters = 200_000;

export function MarkdownPreview({ task }: { task: TaskView }) {
  const messages = useMessages();
  const markdown = useQuery({
    queryKey: ["markdown", task.taskId, task.completedAt],
    queryFn: ({ signal }) => fetchText(downloadUrl(task.taskId, "markdown"), signal),
    enabled: task.status === "completed",
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (task.status !== "completed") {
    return (
      <Text c="dimmed" py="md">
        {isSettled(task.status) ? messages.task.textNever : messages.task.textPending}
      </Text>
    );
  }
  if (markdown.isPending) return <Skeleton height={160} aria-busy="true" />;
  if (markdown.isError) {
    const problem = toProblem(markdown.error);
    return (
      <ProblemAlert
        sentence={sentenceOf(messages, problem)}
        requestId={problem.requestId}
        onRetry={() => void markdown.refetch()}
      />
    );
  }
  if (markdown.data.trim() === "") {
    return (
      <Text c="dimmed" py="md">
        {messages.task.textNone}
      </Text>
    );
  }
  return (
    <Stack gap={6}>
      <ScrollArea.Autosize
        className="surface"
        mah="min(70dvh, 48rem)"
        type="auto"
        viewportProps={{ tabIndex: 0, role: "region", "aria-label": messages.task.textLabel }}
      >
        <pre className={styles.text}>{markdown.data.slice(0, shownCharacters)}</pre>
      </ScrollArea.Autosize>
      {markdown.data.length > shownCharacters ? (
        <Text size="sm" c="dimmed">
          {messages.task.textCut}
        </Text>
      ) : null}
    </Stack>
  );
}

async function fetchText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  const body = await response.text();
  if (!response.ok) throw new ProblemError(toBodyProblem(body));
  return body;
}
