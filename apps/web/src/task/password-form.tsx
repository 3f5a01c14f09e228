import { Button, Group, PasswordInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import type { TaskView } from "../api/answers.ts";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { useTaskActions } from "./use-task-actions.ts";

/** For a PDF that asks for a password: reads it again with one. The server keeps it in memory only, until the document is read. */
export function PasswordForm({ task }: { task: TaskView }) {
  const messages = useMessages();
  const [password, setPassword] = useState("");
  const { retry } = useTaskActions(() => undefined);
  const asked = task.error?.code === "ENCRYPTED_PDF" || task.error?.code === "WRONG_PASSWORD";
  if (!asked || task.status !== "failed") return null;

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (password !== "") retry.mutate({ taskId: task.taskId, options: { ...task.options, password } });
  }

  const problem = retry.isError ? toProblem(retry.error) : null;
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap={8}>
        <PasswordInput
          label={messages.task.pdfPassword}
          description={messages.task.pdfPasswordKept}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          // Not the account's: a browser must neither fill it in nor offer to save it.
          autoComplete="off"
          style={{ flex: "1 1 260px", maxWidth: 420 }}
        />
        <Button type="submit" loading={retry.isPending} disabled={password === ""}>
          {messages.task.readWithPassword}
        </Button>
      </Group>
      {problem === null ? null : (
        <ProblemAlert sentence={sentenceOf(messages, problem)} requestId={problem.requestId} />
      )}
    </form>
  );
}
