import { Button, Loader, Stack, Text } from "@mantine/core";
import IconBrandWindows from "@tabler/icons-react/dist/esm/icons/IconBrandWindows.mjs";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPCClient } from "../api/trpc.ts";
import type { Messages } from "../messages/en.ts";
import type { Sentence } from "../messages/en-problems.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import type { Entra } from "./microsoft.ts";
import { MicrosoftCancelled } from "./microsoft-cancelled.ts";
import { useSession } from "./session-context.ts";

/** The way to Microsoft's page, and what happens with its answer, when there is one. */
export function MicrosoftSignIn({
  entra,
  answer,
  next,
  onSignedIn,
}: {
  entra: Entra;
  answer: string | null;
  next: string;
  onSignedIn: (next: string) => void;
}) {
  const messages = useMessages();
  const session = useSession();
  const client = useTRPCClient();
  const finish = useMutation({
    mutationFn: async (fragment: string) => {
      const { comeBack } = await import("./microsoft.ts");
      const back = await comeBack(entra, fragment);
      const { session: opened } = await client.auth.login.mutate({ provider: "entra", idToken: back.idToken });
      return { next: back.next, expiresAt: opened.expiresAt };
    },
    onSuccess: (back) => {
      session.begin(back.expiresAt);
      onSignedIn(back.next);
    },
  });
  const leave = useMutation({
    mutationFn: async () => {
      const { goToMicrosoft } = await import("./microsoft.ts");
      await goToMicrosoft(entra, next);
    },
  });
  const begun = useRef(false);
  const { mutate } = finish;
  useEffect(() => {
    // An answer is good once; React runs effects twice while developing.
    if (answer === null || begun.current) return;
    begun.current = true;
    mutate(answer);
  }, [answer, mutate]);

  if (finish.isPending || (answer !== null && finish.isIdle))
    return (
      <Stack align="center" gap="sm" aria-busy="true">
        <Loader size="sm" />
        <Text role="status">{messages.auth.microsoft.comingBack}</Text>
      </Stack>
    );
  const error = leave.error ?? finish.error;
  return (
    <Stack gap="sm">
      {error === null ? null : <Refusal error={error} />}
      <Button
        variant="default"
        size="md"
        leftSection={<IconBrandWindows size={18} stroke={1.7} />}
        // Until the browser has left for the other page.
        loading={leave.isPending || leave.isSuccess}
        onClick={() => leave.mutate()}
      >
        {messages.auth.microsoft.signIn}
      </Button>
      <Text size="sm" c="dimmed">
        {messages.auth.microsoft.staysSignedIn}
      </Text>
    </Stack>
  );
}

function Refusal({ error }: { error: Error }) {
  const messages = useMessages();
  if (error instanceof MicrosoftCancelled) return <Text role="status">{messages.auth.microsoft.cancelled}</Text>;
  const ours = "data" in error;
  return (
    <ProblemAlert
      sentence={ours ? refusalOf(messages, error) : messages.auth.microsoft.failed}
      requestId={ours ? toProblem(error).requestId : null}
    />
  );
}

/** What our own server says of an account that Microsoft let in. */
function refusalOf(messages: Messages, error: Error): Sentence {
  const problem = toProblem(error);
  const { refused, failed } = messages.auth.microsoft;
  if (problem.reason !== undefined && Object.hasOwn(refused, problem.reason))
    return refused[problem.reason as keyof typeof refused];
  return problem.code === "UNAUTHENTICATED" ? failed : sentenceOf(messages, problem);
}
