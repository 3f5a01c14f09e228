import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import type { Given } from "./first-password.tsx";
import { refusalOf } from "./user-change.ts";

/** A local account for somebody else. The server makes the first password. */
export function AddUser({
  opened,
  onClose,
  onMade,
}: {
  opened: boolean;
  onClose: () => void;
  onMade: (given: Given) => void;
}) {
  const messages = useAdminTexts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={messages.admin.users.addTitle}
      centered
      closeButtonProps={{ "aria-label": messages.close }}
    >
      <Form onCancel={onClose} onMade={onMade} />
    </Modal>
  );
}

function Form({ onCancel, onMade }: { onCancel: () => void; onMade: (given: Given) => void }) {
  const messages = useAdminTexts();
  const { users: words } = messages.admin;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [displayName, setDisplayName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<"user" | "admin">("user");
  const [checked, setChecked] = useState(false);
  const create = useMutation(
    trpc.admin.createUser.mutationOptions({
      onSuccess: ({ user, firstPassword, firstPasswordUntil }) => {
        onMade({ displayName: user.displayName, password: firstPassword ?? "", until: firstPasswordUntil });
        return Promise.all([
          queryClient.invalidateQueries(trpc.admin.users.pathFilter()),
          queryClient.invalidateQueries(trpc.admin.stats.pathFilter()),
        ]);
      },
    }),
  );
  const nameMissing = displayName.trim() === "";
  // The server decides; this only spares a round trip for a typing mistake.
  const emailWrong = !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email.trim());

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (!nameMissing && !emailWrong) {
      create.mutate({ displayName: displayName.trim(), email: email.trim(), role });
    }
  }

  const problem = create.isError ? toProblem(create.error) : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {problem === null ? null : (
          <ProblemAlert sentence={refusalOf(problem, messages)} requestId={problem.requestId} />
        )}
        <Text size="sm" c="dimmed">
          {words.addText}
        </Text>
        <TextInput
          label={words.name}
          data-autofocus
          autoComplete="off"
          maxLength={200}
          value={displayName}
          onChange={({ currentTarget: { value } }) => setDisplayName(value)}
          error={checked && nameMissing ? words.nameMissing : null}
        />
        <TextInput
          label={words.email}
          type="email"
          autoComplete="off"
          value={email}
          onChange={({ currentTarget: { value } }) => setEmail(value)}
          error={checked && emailWrong ? messages.auth.emailInvalid : null}
        />
        <NativeSelect
          label={words.role}
          value={role}
          data={(["user", "admin"] as const).map((value) => ({ value, label: words.roles[value] }))}
          onChange={({ currentTarget: { value } }) => setRole(value === "admin" ? "admin" : "user")}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onCancel}>
            {messages.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {words.addSubmit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
