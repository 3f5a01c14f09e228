import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { User } from "../api/answers.ts";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useSettingsTexts } from "../messages/part-messages.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { PasswordChange } from "./password-change.tsx";
import { Section } from "./section.tsx";
import styles from "./settings.module.css";

/** Who one is here, and one's password where the installation keeps one. */
export function AccountSection({ user }: { user: User }) {
  const messages = useSettingsTexts();
  const { account } = messages.settings;
  const providers = useQuery(useTRPC().auth.providers.queryOptions());
  const facts = [
    [account.name, user.displayName],
    [account.email, user.email],
    [account.role, account.roles[user.role]],
  ] as const;
  return (
    <>
      <Section title={account.title}>
        <dl className={`surface ${styles.facts}`}>
          {facts.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd className="break-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section
        title={account.passwordTitle}
        {...(providers.data?.password === true ? { text: account.passwordText } : {})}
      >
        {providers.isPending ? <Skeleton height={240} aria-busy="true" /> : null}
        {providers.isError && providers.data === undefined ? (
          <ProblemAlert
            sentence={sentenceOf(messages, toProblem(providers.error))}
            requestId={toProblem(providers.error).requestId}
            onRetry={() => void providers.refetch()}
          />
        ) : null}
        {providers.data?.password === true ? <PasswordChange email={user.email} /> : null}
        {providers.data?.password === false ? <Text>{account.elsewhere}</Text> : null}
      </Section>
    </>
  );
}
