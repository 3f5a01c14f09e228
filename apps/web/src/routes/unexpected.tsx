import { Button, Stack, Title } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { Shell } from "../ui/shell.tsx";
import { HomeLink } from "./home-link.tsx";

/** When a page cannot be made at all, most often because the server is away. */
export function UnexpectedPage({ error, reset }: ErrorComponentProps) {
  const messages = useMessages();
  const problem = toProblem(error);
  return (
    <Shell home={<HomeLink />}>
      <title>{messages.pageTitle(messages.unexpected.title)}</title>
      <Stack>
        <Title order={1}>{messages.unexpected.title}</Title>
        <ProblemAlert sentence={sentenceOf(messages, problem)} requestId={problem.requestId} onRetry={reset} />
        <Button variant="default" w="fit-content" onClick={() => window.location.reload()}>
          {messages.unexpected.reload}
        </Button>
      </Stack>
    </Shell>
  );
}
