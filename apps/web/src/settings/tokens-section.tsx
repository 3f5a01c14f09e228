import { Button, Skeleton } from "@mantine/core";
import IconKey from "@tabler/icons-react/dist/esm/icons/IconKey.mjs";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiTokenView } from "../api/answers.ts";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useSettingsTexts } from "../messages/part-messages.tsx";
import { AskFirst } from "../ui/ask-first.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { useTold } from "../ui/use-told.ts";
import { CreateToken } from "./create-token.tsx";
import { Section } from "./section.tsx";
import styles from "./settings.module.css";
import { TokenTable } from "./token-table.tsx";

/** Tokens for programs: the live ones, a new one, and the end of one. */
export function TokensSection({ isAdmin }: { isAdmin: boolean }) {
  const messages = useSettingsTexts();
  const { tokens: words } = messages.settings;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const told = useTold();
  const tokens = useQuery(trpc.auth.apiTokens.queryOptions());
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState(false);
  // Kept while the dialog fades away.
  const [asked, setAsked] = useState<ApiTokenView>();
  const revoke = useMutation(
    trpc.auth.revokeApiToken.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.auth.apiTokens.pathFilter()),
    }),
  );
  const close = () => setRevoking(false);
  const problem = tokens.isError && tokens.data === undefined ? toProblem(tokens.error) : null;
  const revokeProblem = revoke.isError ? toProblem(revoke.error) : null;
  const create = (
    <Button leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />} onClick={() => setCreating(true)}>
      {words.create}
    </Button>
  );
  return (
    <Section title={words.title} text={words.text} action={tokens.data?.length ? create : null}>
      {problem === null ? null : (
        <ProblemAlert
          sentence={sentenceOf(messages, problem)}
          requestId={problem.requestId}
          onRetry={() => void tokens.refetch()}
        />
      )}
      {tokens.isPending ? <Skeleton height={140} aria-busy="true" /> : null}
      {tokens.data?.length === 0 ? (
        <div className="surface">
          <EmptyState icon={<IconKey size={36} stroke={1.3} />} title={words.empty} order={3}>
            {words.emptyText}
            <div className={styles.wayOut}>{create}</div>
          </EmptyState>
        </div>
      ) : null}
      {tokens.data?.length ? (
        <TokenTable
          tokens={tokens.data}
          onRevoke={(token) => {
            revoke.reset();
            setAsked(token);
            setRevoking(true);
          }}
        />
      ) : null}
      <CreateToken opened={creating} isAdmin={isAdmin} onClose={() => setCreating(false)} />
      <AskFirst
        opened={revoking}
        title={words.revokeTitle(asked?.name ?? "")}
        confirm={words.revokeConfirm}
        dangerous
        pending={revoke.isPending}
        problem={
          revokeProblem === null
            ? null
            : { sentence: sentenceOf(messages, revokeProblem), requestId: revokeProblem.requestId }
        }
        onClose={close}
        onConfirm={() => {
          if (asked === undefined) return;
          revoke.mutate(
            { id: asked.id },
            {
              onSuccess: () => {
                close();
                told(words.revoked(asked.name));
              },
            },
          );
        }}
      >
        {words.revokeText}
      </AskFirst>
    </Section>
  );
}
