import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Me } from "../api/answers.ts";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useSettingsTexts } from "../messages/part-messages.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { PasswordChange } from "./password-change.tsx";
import { Section } from "./section.tsx";
import styles from "./settings.module.css";

/** Who one is here, and one's password where the installation keeps it. */
export function AccountSection({ me: { user, account: kind } }: { me: Me }) {
  const messages = useSettingsTexts();
  const { account } = messages.settings;
  const providers = useQuery(useTRPC().auth.providers.queryOptions());
  // Who comes from Microsoft has no password here, even where others do.
  const changeable = kind === "local" ? providers.data?.password : false;
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
      <Section title={account.passwordTitle} {...(changeable === true ? { text: account.passwordText } : {})}>
        {changeable === undefined && providers.isPending ? <Skeleton height={240} aria-busy="true" /> : null}
        {changeable === undefined && providers.isError ? (
          <ProblemAlert
            sentence={sentenceOf(messages, toProblem(providers.error))}
            requestId={toProblem(providers.error).requestId}
            onRetry={() => void providers.refetch()}
          />
        ) : null}
        {changeable === true ? <PasswordChange email={user.email} /> : null}
        {changeable === false ? <Text>{account.elsewhere}</Text> : null}
      </Section>
    </>
  );
}
