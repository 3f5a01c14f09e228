// What there is to see of a document: its pages as soon as there are any.
import { isSettled } from "@legible/shared/status";
import { Skeleton, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import type { LedgerRow, TaskView } from "../../api/answers.ts";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import { useFallbackInterval } from "../live-context.ts";
import { DocumentViewer } from "./document-viewer.tsx";
import type { ViewerSearch } from "./viewer-search.ts";

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
  const { taskId } = task;
  const pages = useQuery(useTRPC().task.pages.queryOptions({ taskId }, { refetchInterval: useFallbackInterval() }));
  if (pages.isPending) return <Skeleton height={480} aria-busy="true" />;
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
    <DocumentViewer
      task={task}
      rows={[first, ...others]}
      search={search}
      onSearch={onSearch}
      onSaved={(text) =>
        notifications.show({
          message: messages.viewer.correct.saved(text),
          closeButtonProps: { "aria-label": messages.close },
        })
      }
    />
  );
}
