// A new token: first what it is for and may do, then its text, this once.
import type { ApiTokenScope } from "@legible/shared/session";
import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useSettingsTexts } from "../messages/part-messages.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";

const scopes: readonly ApiTokenScope[] = ["tasks:read", "tasks:write", "admin:read"];
/** The server takes at most 366 days. */
const lives = [7, 30, 90, 180, 365];
const usualLife = 90;

export function CreateToken({ opened, isAdmin, onClose }: { opened: boolean; isAdmin: boolean; onClose: () => void }) {
  const messages = useSettingsTexts();
  const { tokens: words } = messages.settings;
  const [secret, setSecret] = useState<string>();
  const close = () => {
    onClose();
    setSecret(undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={secret === undefined ? words.createTitle : words.secretTitle}
      centered
      closeButtonProps={{ "aria-label": messages.close }}
      // A click beside it, or Esc out of habit, must not cost the token that is never shown again.
      closeOnClickOutside={secret === undefined}
      closeOnEscape={secret === undefined}
      withCloseButton={secret === undefined}
    >
      {secret === undefined ? (
        <Form isAdmin={isAdmin} onMade={setSecret} onCancel={close} />
      ) : (
        <SecretOnce secret={secret} label={words.secretLabel} done={words.secretDone} onDone={close}>
          {words.secretText}
        </SecretOnce>
      )}
    </Modal>
  );
}

function Form({
  isAdmin,
  onMade,
  onCancel,
}: {
  isAdmin: boolean;
  onMade: (secret: string) => void;
  onCancel: () => void;
}) {
  const messages = useSettingsTexts();
  const { tokens: words } = messages.settings;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(["tasks:read"]);
  const [days, setDays] = useState(usualLife);
  const [checked, setChecked] = useState(false);
  const create = useMutation(
    trpc.auth.createApiToken.mutationOptions({
      onSuccess: ({ token }) => {
        onMade(token);
        return queryClient.invalidateQueries(trpc.auth.apiTokens.pathFilter());
      },
    }),
  );
  const nameMissing = name.trim() === "";

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (nameMissing || chosen.length === 0) return;
    create.mutate({
      name: name.trim(),
      scopes: scopes.filter((scope) => chosen.includes(scope)),
      expiresInDays: days,
    });
  }

  const problem = create.isError ? toProblem(create.error) : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {problem === null ? null : (
          <ProblemAlert
            sentence={problem.code === "QUOTA_EXCEEDED" ? words.tooMany : sentenceOf(messages, problem)}
            requestId={problem.requestId}
          />
        )}
        <TextInput
          label={words.name}
          placeholder={words.namePlaceholder}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          error={checked && nameMissing ? words.nameMissing : null}
        />
        <Checkbox.Group
          label={words.scopesLabel}
          value={[...chosen]}
          onChange={setChosen}
          error={checked && chosen.length === 0 ? words.scopesMissing : null}
        >
          <Stack gap="xs" my={6}>
            {scopes
              .filter((scope) => isAdmin || scope !== "admin:read")
              .map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={words.scopes[scope].name}
                  description={words.scopes[scope].means}
                />
              ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label={words.expires}
          value={String(days)}
          data={lives.map((value) => ({ value: String(value), label: words.days(value) }))}
          onChange={({ currentTarget: { value } }) => setDays(Number(value))}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onCancel}>
            {messages.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
