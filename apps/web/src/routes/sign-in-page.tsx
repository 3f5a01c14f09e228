import { Divider, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { MicrosoftSignIn } from "../auth/microsoft-sign-in.tsx";
import { safeRedirect } from "../auth/safe-redirect.ts";
import { SetupForm } from "../auth/setup-form.tsx";
import { SignInForm } from "../auth/sign-in-form.tsx";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { Shell } from "../ui/shell.tsx";
import { HomeLink } from "./home-link.tsx";
import styles from "./sign-in.module.css";

const route = getRouteApi("/sign-in");

/** The door. */
export function SignInPage() {
  const messages = useMessages();
  const router = useRouter();
  const { next = "/" } = route.useSearch();
  const providers = useQuery(useTRPC().auth.providers.queryOptions());
  const setupNeeded = providers.data?.setupNeeded === true;
  const title = setupNeeded ? messages.auth.setupTitle : messages.auth.signInTitle;

  const { entraAnswer } = route.useRouteContext();
  const entra = providers.data?.entra ?? null;

  const goOn = (to: string) => router.history.push(safeRedirect(to, window.location.origin));
  const onSignedIn = () => goOn(next);

  return (
    <Shell home={<HomeLink />}>
      <title>{messages.pageTitle(title)}</title>
      <div className={`surface ${styles.card}`}>
        {providers.isPending ? (
          <Stack aria-busy="true">
            <Skeleton height={22} width="50%" />
            <Skeleton height={14} width="85%" />
            <Skeleton height={42} mt="md" />
            <Skeleton height={42} />
            <Skeleton height={42} />
          </Stack>
        ) : providers.isError ? (
          <ProblemAlert
            sentence={sentenceOf(messages, toProblem(providers.error))}
            requestId={toProblem(providers.error).requestId}
            onRetry={() => void providers.refetch()}
          />
        ) : (
          <Stack gap="lg">
            <Stack gap={4}>
              <Title order={1}>{title}</Title>
              <Text c="dimmed">{setupNeeded ? messages.auth.setupText : messages.auth.signInText}</Text>
            </Stack>
            {entra === null ? null : (
              <MicrosoftSignIn entra={entra} answer={entraAnswer} next={next} onSignedIn={goOn} />
            )}
            {entra !== null && providers.data.password ? <Divider label={messages.auth.microsoft.or} /> : null}
            {setupNeeded ? <SetupForm onSignedIn={onSignedIn} /> : null}
            {!setupNeeded && providers.data.password ? <SignInForm onSignedIn={onSignedIn} /> : null}
            {entra === null && !providers.data.password ? <Text>{messages.auth.noProvider}</Text> : null}
          </Stack>
        )}
      </div>
    </Shell>
  );
}
