// What there is to see of a document: its pages as soon as there are any.
import { isSettled } from "@legible/shared/task-moves";
import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import type { LedgerRow, TaskView } from "../../api/answers.ts";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import { useTold } from "../../ui/use-told.ts";
import { useFallbackInterval } from "../live-context.ts";
import type { ViewerSearch } from "./viewer-search.ts";

// Name, state and downloads show without the viewer, which is on its way from the moment that this is read.
const viewer = import("./document-viewer.tsx");
const DocumentViewer = lazy(async () => ({ default: (await viewer).DocumentViewer }));

const waiting = <Skeleton height={480} aria-busy="true" />;

export function DocumentBody({
  task,
  search,
  onSearch,
}: {
  task: TaskView;
  search: ViewerSearch;
  onSearch: (change: ViewerSearch) => void;
}) {
  const messages = useMessages();
  const told = useTold();
  const { taskId } = task;
  const pages = useQuery(useTRPC().task.pages.queryOptions({ taskId }, { refetchInterval: useFallbackInterval() }));
  if (pages.isPending) return waiting;
  if (pages.data === undefined) {
    const problem = toProblem(pages.error);
    return (
      <ProblemAlert
        sentence={sentenceOf(messages, problem)}
        requestId={problem.requestId}
        onRetry={() => void pages.refetch()}
      />
    );
  }
  const [first, ...others]: readonly LedgerRow[] = pages.data;
  if (first === undefined) {
    return (
      <Text c="dimmed" py="md">
        {isSettled(task.status) ? messages.ledger.none : messages.ledger.empty}
      </Text>
    );
  }
  return (
    <Suspense fallback={waiting}>
      <DocumentViewer
        task={task}
        rows={[first, ...others]}
        search={search}
        onSearch={onSearch}
        onSaved={(text) => told(messages.viewer.correct.saved(text))}
      />
    </Suspense>
  );
}
