import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import IconCheck from "@tabler/icons-react/dist/esm/icons/IconCheck.mjs";
import IconCopy from "@tabler/icons-react/dist/esm/icons/IconCopy.mjs";
import { useRef } from "react";
import { useMessages } from "../messages/use-messages.ts";

/** What is shown this once, to be copied now. Without a clipboard (plain HTTP) it is selected, so that the keyboard can. */
export function SecretOnce({
  secret,
  label,
  done,
  children,
  onDone,
}: {
  secret: string;
  label: string;
  /** What the person says on leaving. */
  done: string;
  /** What it is, in sentences. */
  children: string;
  onDone: () => void;
}) {
  const messages = useMessages();
  const clipboard = useClipboard({ timeout: 4_000 });
  const field = useRef<HTMLInputElement>(null);
  const copy = () => {
    field.current?.select();
    clipboard.copy(secret);
  };
  return (
    <Stack gap="md">
      <Group gap={10} wrap="nowrap" align="flex-start">
        <IconAlertTriangle
          size={20}
          stroke={1.7}
          color="var(--legible-doubt)"
          style={{ flex: "none" }}
          aria-hidden="true"
        />
        <Text>{children}</Text>
      </Group>
      <Group gap={8} align="flex-end" wrap="nowrap">
        <TextInput
          ref={field}
          label={label}
          value={secret}
          readOnly
          flex={1}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Button
          variant="default"
          data-autofocus
          leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={copy}
        >
          {clipboard.copied ? messages.copied : messages.copy}
        </Button>
      </Group>
      <Text size="sm" role="status">
        {clipboard.error === null ? null : messages.copyByHand}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>{done}</Button>
      </Group>
    </Stack>
  );
}
