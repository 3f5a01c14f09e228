// Everybody who has an account, and what can be done to one.
import { Button, Checkbox, Group, Pagination, Skeleton, Stack, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import IconUserPlus from "@tabler/icons-react/dist/esm/icons/IconUserPlus.mjs";
import IconUserSearch from "@tabler/icons-react/dist/esm/icons/IconUserSearch.mjs";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { AdminUser } from "../../api/answers.ts";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { AskFirst } from "../../ui/ask-first.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import { useTold } from "../../ui/use-told.ts";
import { AddUser } from "./add-user.tsx";
import { FirstPassword, type Given } from "./first-password.tsx";
import { useChangeUser } from "./use-change-user.ts";
import { questionOf, refusalOf, type UserChange } from "./user-change.ts";
import { UserRow } from "./user-row.tsx";
import styles from "./users.module.css";
import { type UsersSearch, usersPageSize } from "./users-search.ts";

/** Typing settles before the server is asked, ms: each look is an entry in the audit log. */
const settleMs = 400;
const skeletons = ["a", "b", "c", "d", "e"];

export function UsersView({
  selfId,
  search,
  onSearch,
}: {
  selfId: number;
  search: UsersSearch;
  onSearch: (search: UsersSearch) => void;
}) {
  const messages = useAdminTexts();
  const { users: words } = messages.admin;
  const told = useTold();
  const { text, page = 1 } = search;
  const [typed, setTyped] = useState(text ?? "");
  const settle = useDebouncedCallback((next: string) => onSearch({ text: next, page: undefined }), settleMs);
  // The address may change by itself: back, forward.
  useEffect(() => setTyped(text ?? ""), [text]);
  const list = useQuery(
    useTRPC().admin.users.queryOptions(
      { page, pageSize: usersPageSize, ...(text === undefined ? {} : { text }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const change = useChangeUser();
  const hasPasswords = useQuery(useTRPC().auth.providers.queryOptions()).data?.password === true;
  const [adding, setAdding] = useState(false);
  const [handing, setHanding] = useState(false);
  const [given, setGiven] = useState<Given>();
  const hand = (next: Given) => {
    setAdding(false);
    setGiven(next);
    setHanding(true);
  };
  const [asking, setAsking] = useState(false);
  const [tokens, setTokens] = useState(false);
  // Kept while the dialog fades away.
  const [asked, setAsked] = useState<{ user: AdminUser; change: UserChange }>();
  const users = list.data?.items;
  const total = list.data?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / usersPageSize));
  const listProblem = list.isError && list.data === undefined ? toProblem(list.error) : null;
  const changeProblem = change.isError ? toProblem(change.error) : null;
  const question =
    asked === undefined ? undefined : questionOf(asked.change, asked.user, asked.user.id === selfId, messages);

  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end" gap="sm">
        <TextInput
          size="sm"
          w={{ base: "100%", xs: 340 }}
          label={words.search}
          placeholder={words.searchPlaceholder}
          leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
          maxLength={200}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            settle(value);
          }}
        />
        {hasPasswords ? (
          <Button
            size="sm"
            leftSection={<IconUserPlus size={16} stroke={1.7} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {words.add}
          </Button>
        ) : null}
      </Group>
      {listProblem === null ? (
        <div className="surface">
          <Table
            className={styles.table ?? ""}
            verticalSpacing={8}
            horizontalSpacing="md"
            aria-label={words.label}
            aria-busy={users === undefined}
          >
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{words.columns.person}</Table.Th>
                <Table.Th scope="col">{words.columns.role}</Table.Th>
                <Table.Th scope="col">{words.columns.lastSeen}</Table.Th>
                {(["tasks", "pages", "sessions"] as const).map((column) => (
                  <Table.Th key={column} scope="col" className={styles.figure}>
                    {words.columns[column]}
                  </Table.Th>
                ))}
                <Table.Th scope="col" className={styles.since}>
                  {words.columns.since}
                </Table.Th>
                <Table.Th scope="col" className={styles.actions}>
                  {words.columns.actions}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {users?.map((user) => (
                <UserRow
                  key={user.id}
                  user={user}
                  isSelf={user.id === selfId}
                  hasPasswords={hasPasswords}
                  onChange={(next) => {
                    change.reset();
                    setAsked({ user, change: next });
                    setTokens(false);
                    setAsking(true);
                  }}
                />
              )) ??
                skeletons.map((key) => (
                  <Table.Tr key={key}>
                    <Table.Td colSpan={8}>
                      <Skeleton height={36} />
                    </Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
          {users?.length === 0 ? (
            <EmptyState icon={<IconUserSearch size={36} stroke={1.3} />} title={words.noMatch}>
              {words.noMatchText}
            </EmptyState>
          ) : null}
        </div>
      ) : (
        <ProblemAlert
          sentence={sentenceOf(messages, listProblem)}
          requestId={listProblem.requestId}
          onRetry={() => void list.refetch()}
        />
      )}
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" aria-live="polite">
          {users === undefined || users.length === 0
            ? ""
            : words.range((page - 1) * usersPageSize + 1, (page - 1) * usersPageSize + users.length, total)}
        </Text>
        {pages > 1 || page > 1 ? (
          <Pagination
            size="sm"
            total={Math.max(pages, page)}
            value={page}
            onChange={(next) => onSearch({ text, page: next })}
            aria-label={messages.list.pagination}
            getControlProps={(control) => ({ "aria-label": messages.list.paginationControls[control] })}
          />
        ) : null}
      </Group>
      <AddUser opened={adding} onClose={() => setAdding(false)} onMade={hand} />
      {given === undefined ? null : <FirstPassword given={given} opened={handing} onClose={() => setHanding(false)} />}
      <AskFirst
        opened={asking}
        title={question?.title ?? ""}
        confirm={question?.confirm ?? ""}
        dangerous={question?.dangerous ?? false}
        pending={change.isPending}
        problem={
          changeProblem === null
            ? null
            : { sentence: refusalOf(changeProblem, messages), requestId: changeProblem.requestId }
        }
        onClose={() => setAsking(false)}
        onConfirm={() => {
          if (asked === undefined) return;
          change.mutate(
            { userId: asked.user.id, change: asked.change, tokens },
            {
              onSuccess: (made) => {
                setAsking(false);
                if (made === undefined) told(words.changed(asked.user.displayName));
                else hand({ displayName: asked.user.displayName, ...made });
              },
            },
          );
        }}
      >
        {question?.sentences.map((sentence) => (
          <Text key={sentence} mb={6}>
            {sentence}
          </Text>
        ))}
        {asked?.change === "endSessions" ? (
          <Checkbox
            mt="md"
            label={words.tokensToo}
            description={words.tokensTooText}
            checked={tokens}
            onChange={({ currentTarget }) => setTokens(currentTarget.checked)}
          />
        ) : null}
      </AskFirst>
    </Stack>
  );
}
