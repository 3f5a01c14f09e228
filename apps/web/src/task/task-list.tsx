// My latest documents, live.
import { Group, NativeSelect, Pagination, Skeleton, Stack, Text, Title } from "@mantine/core";
import IconFileSearch from "@tabler/icons-react/dist/esm/icons/IconFileSearch.mjs";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { type ListSearch, listedStatuses, parseListSearch } from "./list-search.ts";
import { useFallbackInterval } from "./live-context.ts";
import styles from "./task-list.module.css";
import { TaskRow } from "./task-row.tsx";

const pageSize = 25;

export function TaskList({
  search,
  searchLink,
  onSearch,
}: {
  search: ListSearch;
  /** The way to the search in all documents. */
  searchLink: ReactNode;
  onSearch: (search: ListSearch) => void;
}) {
  const messages = useMessages();
  const trpc = useTRPC();
  const refetchInterval = useFallbackInterval();
  const { page = 1, status } = search;
  const list = useQuery(
    trpc.task.list.queryOptions(
      { page, pageSize, ...(status === undefined ? {} : { status: [status] }) },
      { placeholderData: keepPreviousData, refetchInterval },
    ),
  );
  const pages = Math.max(1, Math.ceil((list.data?.total ?? 0) / pageSize));
  return (
    <section aria-labelledby="list-title">
      <Group justify="space-between" align="center" mb={6} gap="xs">
        <Group gap="4px 12px" align="center">
          <Title order={2} id="list-title">
            {messages.list.label}
          </Title>
          <Link to="/tasks" className={styles.all ?? ""}>
            {messages.history.open}
          </Link>
          {searchLink}
          <Text size="sm" c="dimmed" aria-live="polite" visibleFrom="sm">
            {list.data === undefined || list.data.total === 0 ? "" : messages.list.count(list.data.total)}
          </Text>
        </Group>
        <NativeSelect
          size="xs"
          aria-label={messages.list.filter}
          value={status ?? ""}
          onChange={(event) => onSearch(parseListSearch({ status: event.currentTarget.value }))}
          data={[
            { value: "", label: messages.list.all },
            ...listedStatuses.map((value) => ({ value, label: messages.statuses[value] })),
          ]}
        />
      </Group>
      {list.isError && list.data === undefined ? (
        <ListProblem error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <ul className={`surface ${styles.list}`} aria-busy={list.isPending}>
          {list.isPending ? (
            <SkeletonRows />
          ) : (
            list.data?.items.map((task) => <TaskRow key={task.taskId} task={task} />)
          )}
          {list.data?.items.length === 0 ? (
            <li>
              <EmptyState
                icon={<IconFileSearch size={36} stroke={1.3} />}
                title={status === undefined ? messages.list.empty : messages.list.noMatch}
              >
                {status === undefined ? messages.list.emptyText : messages.list.noMatchText}
              </EmptyState>
            </li>
          ) : null}
        </ul>
      )}
      {pages > 1 || page > 1 ? (
        <Stack align="center" mt="md">
          <Pagination
            size="sm"
            total={Math.max(pages, page)}
            value={page}
            onChange={(next) => onSearch({ ...search, page: next })}
            aria-label={messages.list.pagination}
            getControlProps={(control) => ({ "aria-label": messages.list.paginationControls[control] })}
          />
        </Stack>
      ) : null}
    </section>
  );
}

function ListProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const messages = useMessages();
  const problem = toProblem(error);
  return <ProblemAlert sentence={sentenceOf(messages, problem)} requestId={problem.requestId} onRetry={onRetry} />;
}

function SkeletonRows() {
  return ["a", "b", "c", "d"].map((key) => (
    <li key={key} className={styles.skeleton}>
      <Skeleton height={12} width="45%" />
      <Skeleton height={10} width="25%" mt={9} />
    </li>
  ));
}
