// All documents of the person: figures, filters, table, and what can be done to one or many of them.
import { Button, Group, Modal, NativeSelect, Pagination, Stack, Text } from "@mantine/core";
import IconFileSearch from "@tabler/icons-react/dist/esm/icons/IconFileSearch.mjs";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useDeferredValue, useState } from "react";
import type { TaskView } from "../../api/answers.ts";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import { useTold } from "../../ui/use-told.ts";
import { useDeletedNotice } from "../deleted-notice.tsx";
import { useFallbackInterval } from "../live-context.ts";
import { FigureCards } from "./figure-cards.tsx";
import styles from "./history.module.css";
import { HistoryFilters } from "./history-filters.tsx";
import { type HistorySearch, isFiltered, pageSizes, sortedBy, toListInput } from "./history-search.ts";
import { HistoryTable } from "./history-table.tsx";
import { movesOf } from "./row-actions.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { type ManyMove, toldRefusal, useMany } from "./use-many.ts";
import { useSteady } from "./use-steady.ts";

export function HistoryView({
  search,
  onSearch,
  addDocuments,
}: {
  search: HistorySearch;
  onSearch: (search: HistorySearch) => void;
  /** The way to where documents are added. */
  addDocuments: ReactNode;
}) {
  const messages = useMessages();
  const { history } = messages;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [deleting, setDeleting] = useState<readonly string[]>([]);
  const select = useCallback(
    (taskId: string, on: boolean) =>
      setSelected((before) => {
        const next = new Set(before);
        if (on) next.add(taskId);
        else next.delete(taskId);
        return next;
      }),
    [],
  );
  const many = useMany();
  const told = useTold();
  const tellDeleted = useDeletedNotice();
  const question = toListInput(search);
  const list = useQuery(
    useTRPC().task.list.queryOptions(question, {
      placeholderData: keepPreviousData,
      refetchInterval: useFallbackInterval(),
    }),
  );
  const { page = 1, size = 25 } = search;
  // A hundred new rows are drawn while nothing waits: the next click or letter comes first.
  const tasks = useDeferredValue(list.data?.items);
  const listKey = useDeferredValue(useAnswered(JSON.stringify(question), list.isPlaceholderData));
  const total = list.data?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / size));
  // What is no longer on the page is not moved unseen.
  const chosen = tasks?.filter(({ taskId }) => selected.has(taskId)) ?? [];
  const change = (some: HistorySearch) => onSearch({ ...search, page: undefined, ...some });

  const run = (taskIds: readonly string[], action: ManyMove) => {
    many.mutate(
      { taskIds: [...taskIds], action },
      {
        onSuccess: ({ changed, refused }) => {
          setSelected(new Set());
          setDeleting([]);
          if (changed.length > 0) {
            if (action === "delete") tellDeleted(changed, messages.deletion.deleted(changed.length));
            else told(history.done(changed.length));
          }
          const code = toldRefusal(refused);
          if (code !== undefined) told(messages.errors[code].message, "bad", messages.errors[code].nextStep);
          else if (refused.length > 0) told(history.partly(refused.length));
        },
      },
    );
  };
  const move = (taskIds: readonly string[], wanted: ManyMove) => {
    if (wanted === "delete") setDeleting(taskIds);
    else run(taskIds, wanted);
  };
  const moveOne = useSteady((task: TaskView, wanted: ManyMove) => move([task.taskId], wanted));
  const problem = many.isError ? toProblem(many.error) : null;
  const listProblem = list.isError && list.data === undefined ? toProblem(list.error) : null;

  return (
    <Stack gap="md">
      <FigureCards status={search.status} onStatus={(status) => change({ status })} />
      <HistoryFilters search={search} onChange={change} />
      {problem === null ? null : (
        <ProblemAlert sentence={sentenceOf(messages, problem)} requestId={problem.requestId} />
      )}
      {listProblem === null ? (
        <section className={`surface ${styles.list}`} aria-label={history.caption}>
          {chosen.length === 0 ? null : (
            <SelectionBar
              tasks={chosen}
              busy={many.isPending}
              onClear={() => setSelected(new Set())}
              onMove={(wanted) => {
                const fitting = chosen.filter((task) => movesOf(task).includes(wanted));
                move(
                  fitting.map(({ taskId }) => taskId),
                  wanted,
                );
              }}
            />
          )}
          <HistoryTable
            key={listKey}
            tasks={tasks}
            search={search}
            selected={new Set(chosen.map(({ taskId }) => taskId))}
            busy={many.isPending}
            onSort={(column) => onSearch(sortedBy(search, column))}
            onSelect={select}
            onSelectAll={(on) => setSelected(new Set(on ? tasks?.map(({ taskId }) => taskId) : []))}
            onMove={moveOne}
          />
          {tasks?.length === 0 ? <Nothing filtered={isFiltered(search)} change={change} add={addDocuments} /> : null}
        </section>
      ) : (
        <ProblemAlert
          sentence={sentenceOf(messages, listProblem)}
          requestId={listProblem.requestId}
          onRetry={() => void list.refetch()}
        />
      )}
      {/* Not before the rows: it would be pushed down by them. */}
      <Group justify="space-between" gap="sm" display={tasks === undefined ? "none" : "flex"}>
        <Group gap="sm">
          <NativeSelect
            size="xs"
            aria-label={history.pageSize}
            value={String(size)}
            data={pageSizes.map((value) => ({ value: String(value), label: `${value}` }))}
            onChange={({ currentTarget: { value } }) =>
              change({ size: pageSizes.find((each) => String(each) === value) })
            }
          />
          <Text size="sm" c="dimmed" aria-live="polite">
            {total === 0 ? "" : history.range((page - 1) * size + 1, Math.min(total, page * size), total)}
          </Text>
        </Group>
        {pages > 1 || page > 1 ? (
          <Pagination
            size="sm"
            total={Math.max(pages, page)}
            value={page}
            onChange={(next) => onSearch({ ...search, page: next })}
            aria-label={messages.list.pagination}
            getControlProps={(control) => ({ "aria-label": messages.list.paginationControls[control] })}
          />
        ) : null}
      </Group>
      <Modal
        opened={deleting.length > 0}
        onClose={() => setDeleting([])}
        title={history.deleteTitle(deleting.length)}
        centered
        closeButtonProps={{ "aria-label": messages.task.keep }}
      >
        <Stack>
          <Text>{history.deleteText}</Text>
          <Group justify="flex-end" gap={8}>
            <Button variant="default" data-autofocus onClick={() => setDeleting([])}>
              {messages.task.keep}
            </Button>
            <Button color="red.9" loading={many.isPending} onClick={() => run(deleting, "delete")}>
              {history.deleteConfirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}

/** The question that the rows on the screen answer: the one before while the present one is on its way. */
function useAnswered(question: string, waiting: boolean): string {
  const [answered, setAnswered] = useState(question);
  if (!waiting && answered !== question) setAnswered(question);
  return answered;
}

function Nothing({
  filtered,
  change,
  add,
}: {
  filtered: boolean;
  change: (change: HistorySearch) => void;
  add: ReactNode;
}) {
  const { history } = useMessages();
  return (
    <EmptyState icon={<IconFileSearch size={36} stroke={1.3} />} title={filtered ? history.noMatch : history.empty}>
      {filtered ? history.noMatchText : history.emptyText}
      <div className={styles.wayOut}>
        {filtered ? (
          <Button
            variant="default"
            onClick={() => change({ status: undefined, filename: undefined, from: undefined, to: undefined })}
          >
            {history.clear}
          </Button>
        ) : (
          add
        )}
      </div>
    </EmptyState>
  );
}
