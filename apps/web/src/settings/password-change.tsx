import { Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useSettingsTexts } from "../messages/part-messages.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { useTold } from "../ui/use-told.ts";
import styles from "./settings.module.css";

/** As passwordSchema in packages/shared says; the server has the last word. */
const shortestPassword = 12;
const empty = { current: "", next: "", repeat: "" };

/** The present password, and a new one twice. */
export function PasswordChange({ email }: { email: string }) {
  const messages = useSettingsTexts();
  const { account } = messages.settings;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const told = useTold();
  const [values, setValues] = useState(empty);
  const [checked, setChecked] = useState(false);
  const change = useMutation(
    trpc.auth.changePassword.mutationOptions({
      onSuccess: () => {
        setValues(empty);
        setChecked(false);
        told(account.changed);
        return queryClient.invalidateQueries(trpc.auth.sessions.pathFilter());
      },
    }),
  );
  const wrong = {
    current: values.current === "" ? account.currentMissing : null,
    next:
      values.next.length < shortestPassword
        ? messages.auth.newPasswordShort(shortestPassword)
        : values.next === values.current
          ? account.same
          : null,
    repeat: values.repeat === values.next ? null : account.repeatDiffers,
  };

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (Object.values(wrong).some((each) => each !== null)) return;
    change.mutate({ current: values.current, next: values.next });
  }

  const problem = change.isError ? toProblem(change.error) : null;
  const field = (name: keyof typeof empty, autoComplete: string) => ({
    label: account[name],
    name,
    autoComplete,
    value: values[name],
    error: checked ? wrong[name] : null,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: value }),
  });
  return (
    <form onSubmit={submit} noValidate className={`surface ${styles.form}`}>
      <Stack gap="md">
        {problem === null ? null : (
          <ProblemAlert
            sentence={problem.code === "INVALID_INPUT" ? account.wrongCurrent : sentenceOf(messages, problem)}
            requestId={problem.code === "INVALID_INPUT" ? null : problem.requestId}
          />
        )}
        {/* So that password managers know whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput {...field("current", "current-password")} />
        <PasswordInput
          {...field("next", "new-password")}
          description={messages.auth.newPasswordHint(shortestPassword)}
        />
        <PasswordInput {...field("repeat", "new-password")} />
        <Button type="submit" w="fit-content" loading={change.isPending}>
          {account.submit}
        </Button>
      </Stack>
    </form>
  );
}
