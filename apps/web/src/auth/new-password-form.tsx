import { Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";

/** As passwordSchema in packages/shared says; the server has the last word. */
const shortestPassword = 12;

/** The password that was given, and one of the person's own, twice. */
export function NewPasswordForm({ email, onChanged }: { email: string; onChanged: () => void }) {
  const messages = useMessages();
  const texts = messages.newPassword;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [repeat, setRepeat] = useState("");
  const [checked, setChecked] = useState(false);
  const change = useMutation(
    trpc.auth.changePassword.mutationOptions({
      onSuccess: async () => {
        await queryClient.fetchQuery({ ...trpc.auth.me.queryOptions(), staleTime: 0 });
        onChanged();
      },
    }),
  );
  const wrong = {
    current: current === "" ? texts.currentMissing : null,
    next:
      next.length < shortestPassword
        ? messages.auth.newPasswordShort(shortestPassword)
        : next === current
          ? texts.same
          : null,
    repeat: repeat === next ? null : texts.differs,
  };

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (Object.values(wrong).every((each) => each === null)) change.mutate({ current, next });
  }

  const problem = change.isError ? toProblem(change.error) : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {problem === null ? null : (
          <ProblemAlert
            sentence={problem.code === "INVALID_INPUT" ? texts.wrongCurrent : sentenceOf(messages, problem)}
            requestId={problem.code === "INVALID_INPUT" ? null : problem.requestId}
          />
        )}
        {/* So that password managers know whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={texts.current}
          name="current"
          autoComplete="current-password"
          size="md"
          autoFocus
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={checked ? wrong.current : null}
        />
        <PasswordInput
          label={texts.next}
          description={messages.auth.newPasswordHint(shortestPassword)}
          name="next"
          autoComplete="new-password"
          size="md"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={checked ? wrong.next : null}
        />
        <PasswordInput
          label={texts.repeat}
          name="repeat"
          autoComplete="new-password"
          size="md"
          value={repeat}
          onChange={(event) => setRepeat(event.currentTarget.value)}
          error={checked ? wrong.repeat : null}
        />
        <Button type="submit" size="md" loading={change.isPending} mt={4}>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  );
}
