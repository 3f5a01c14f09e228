import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { isEmail } from "./is-email.ts";
import { useSession } from "./session-context.ts";

/** As passwordSchema in packages/shared says; the server has the last word. */
const shortestPassword = 12;

/** The first account of a new installation; it is signed in at once. */
export function SetupForm({ onSignedIn }: { onSignedIn: () => void }) {
  const messages = useMessages();
  const session = useSession();
  const [displayName, setDisplayName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const setup = useMutation(
    useTRPC().auth.setup.mutationOptions({
      onSuccess: (answer) => {
        session.begin(answer.session.expiresAt);
        onSignedIn();
      },
    }),
  );
  const nameMissing = displayName.trim() === "";
  const passwordShort = password.length < shortestPassword;

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (nameMissing || passwordShort || !isEmail(email)) return;
    setup.mutate({ displayName: displayName.trim(), email: email.trim(), password });
  }

  const problem = setup.isError ? toProblem(setup.error) : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {problem === null ? null : (
          <ProblemAlert sentence={sentenceOf(messages, problem)} requestId={problem.requestId} />
        )}
        <TextInput
          label={messages.auth.displayName}
          name="name"
          autoComplete="name"
          size="md"
          autoFocus
          value={displayName}
          onChange={(event) => setDisplayName(event.currentTarget.value)}
          error={checked && nameMissing ? messages.auth.displayNameMissing : null}
        />
        <TextInput
          label={messages.auth.email}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={checked && !isEmail(email) ? messages.auth.emailInvalid : null}
        />
        <PasswordInput
          label={messages.auth.newPassword}
          description={messages.auth.newPasswordHint(shortestPassword)}
          name="password"
          autoComplete="new-password"
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={checked && passwordShort ? messages.auth.newPasswordShort(shortestPassword) : null}
        />
        <Button type="submit" size="md" loading={setup.isPending} mt={4}>
          {messages.auth.setupSubmit}
        </Button>
      </Stack>
    </form>
  );
}
