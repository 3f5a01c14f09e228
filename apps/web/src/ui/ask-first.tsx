import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Sentence } from "../messages/en-problems.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "./problem-alert.tsx";

/** Asks before something that cannot be undone, says what will happen, and stays with the reason when it could not be done. */
export function AskFirst({
  opened,
  title,
  children,
  confirm,
  dangerous = false,
  pending,
  problem = null,
  onConfirm,
  onClose,
}: {
  opened: boolean;
  title: string;
  /** What will happen, in sentences. */
  children: ReactNode;
  /** The verb on the button. */
  confirm: string;
  dangerous?: boolean;
  pending: boolean;
  problem?: { sentence: Sentence; requestId: string | null } | null;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const messages = useMessages();
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered closeButtonProps={{ "aria-label": messages.close }}>
      <Stack>
        {problem === null ? null : <ProblemAlert {...problem} />}
        <Text component="div">{children}</Text>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {messages.cancel}
          </Button>
          <Button {...(dangerous ? { color: "red.9" } : {})} loading={pending} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
