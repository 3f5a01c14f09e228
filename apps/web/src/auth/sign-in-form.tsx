import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { isEmail } from "./is-email.ts";
import { useSession } from "./session-context.ts";

/** E-mail and password. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const messages = useMessages();
  const session = useSession();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const login = useMutation(
    useTRPC().auth.login.mutationOptions({
      onSuccess: (answer) => {
        session.begin(answer.session.expiresAt);
        onSignedIn();
      },
    }),
  );

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (isEmail(email) && password !== "") login.mutate({ provider: "password", email: email.trim(), password });
  }

  const problem = login.isError ? toProblem(login.error) : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {problem === null ? null : (
          <ProblemAlert
            sentence={problem.code === "UNAUTHENTICATED" ? messages.auth.wrongPassword : sentenceOf(messages, problem)}
            requestId={problem.code === "UNAUTHENTICATED" ? null : problem.requestId}
          />
        )}
        <TextInput
          label={messages.auth.email}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          size="md"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={checked && !isEmail(email) ? messages.auth.emailInvalid : null}
        />
        <PasswordInput
          label={messages.auth.password}
          name="password"
          autoComplete="current-password"
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={checked && password === "" ? messages.auth.passwordMissing : null}
        />
        <Button type="submit" size="md" loading={login.isPending} mt={4}>
          {messages.auth.signIn}
        </Button>
      </Stack>
    </form>
  );
}
