import { Alert, Button, Code, Group, Text } from "@mantine/core";
import IconAlertCircle from "@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs";
import type { Sentence } from "../messages/en-problems.ts";
import { useMessages } from "../messages/use-messages.ts";

/** What happened, what to do next, and the number to quote. */
export function ProblemAlert({
  sentence,
  requestId,
  onRetry,
}: {
  sentence: Sentence;
  requestId?: string | null;
  onRetry?: (() => void) | undefined;
}) {
  const messages = useMessages();
  return (
    <Alert
      role="alert"
      variant="light"
      color="red"
      icon={<IconAlertCircle size={20} stroke={1.7} />}
      title={sentence.message}
    >
      <Text size="md">{sentence.nextStep}</Text>
      {requestId === undefined || requestId === null ? null : (
        <Text size="xs" c="dimmed" mt={6}>
          {messages.problem.requestId} <Code className="break-anywhere">{requestId}</Code>
        </Text>
      )}
      {onRetry === undefined ? null : (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            {messages.problem.tryAgain}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
