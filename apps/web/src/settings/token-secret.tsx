import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import IconCheck from "@tabler/icons-react/dist/esm/icons/IconCheck.mjs";
import IconCopy from "@tabler/icons-react/dist/esm/icons/IconCopy.mjs";
import { useRef } from "react";
import { useSettingsTexts } from "../messages/part-messages.tsx";

/** The text of a token, to be copied now. Without a clipboard (plain HTTP) it is selected, so that the keyboard can. */
export function TokenSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { settings, copy: copyWord, copied } = useSettingsTexts();
  const { tokens: words } = settings;
  const clipboard = useClipboard({ timeout: 4_000 });
  const field = useRef<HTMLInputElement>(null);
  const copy = () => {
    field.current?.select();
    clipboard.copy(secret);
  };
  return (
    <Stack gap="md">
      <Alert variant="light" color="yellow">
        <Text c="var(--mantine-color-text)">{words.secretText}</Text>
      </Alert>
      <Group gap={8} align="flex-end" wrap="nowrap">
        <TextInput
          ref={field}
          label={words.secretLabel}
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
          {clipboard.copied ? copied : copyWord}
        </Button>
      </Group>
      <Text size="sm" role="status">
        {clipboard.error === null ? null : words.copyByHand}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>{words.secretDone}</Button>
      </Group>
    </Stack>
  );
}
