import { Anchor, Skeleton, Stack, Text, Title } from "@mantine/core";
import IconArrowLeft from "@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { useDeletedNotice } from "../task/deleted-notice.tsx";
import { Downloads } from "../task/downloads.tsx";
import { useFallbackInterval } from "../task/live-context.ts";
import { newestView } from "../task/newest-view.ts";
import { PasswordForm } from "../task/password-form.tsx";
import { useIsRemoved } from "../task/removed.ts";
import { TaskActions } from "../task/task-actions.tsx";
import { TaskFacts } from "../task/task-facts.tsx";
import { TaskState } from "../task/task-state.tsx";
import { DocumentBody } from "../task/viewer/document-body.tsx";
import { parseViewerSearch, type ViewerSearch } from "../task/viewer/viewer-search.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { DeletedDocument } from "./deleted-document.tsx";
import styles from "./document-page.module.css";
import { NotFound } from "./not-found.tsx";

const route = getRouteApi("/signed-in/tasks/$taskId");

/** One document: what is happening with it, what was done to each page, and what can be taken away. */
export function DocumentPage() {
  const messages = useMessages();
  const { taskId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const onSearch = useCallback(
    (change: ViewerSearch) =>
      void navigate({
        search: (before) => parseViewerSearch({ ...before, ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const task = useQuery(
    useTRPC().task.get.queryOptions(
      { taskId },
      { refetchInterval: useFallbackInterval(), structuralSharing: newestView },
    ),
  );
  const removed = useIsRemoved(taskId);
  const tellDeleted = useDeletedNotice();
  if (removed) return <DeletedDocument name={task.data?.filename ?? ""} />;
  if (task.isPending) return <Skeleton height={280} aria-busy="true" />;
  if (task.isError) {
    const problem = toProblem(task.error);
    if (problem.code === "NOT_FOUND") return <NotFound />;
    if (task.data === undefined) {
      return (
        <ProblemAlert
          sentence={sentenceOf(messages, problem)}
          requestId={problem.requestId}
          onRetry={() => void task.refetch()}
        />
      );
    }
  }
  const document = task.data;
  return (
    <Stack gap="sm">
      <title>{messages.pageTitle(document.filename)}</title>
      <div className={styles.head}>
        <div className={styles.name}>
          <Anchor size="sm" w="fit-content" renderRoot={(props) => <Link to="/" {...props} />}>
            <span className={styles.back}>
              <IconArrowLeft size={16} stroke={1.7} aria-hidden="true" />
              {messages.task.back}
            </span>
          </Anchor>
          <Title order={1} className="break-anywhere">
            {document.filename}
          </Title>
        </div>
        <div className={styles.actions}>
          {document.status === "completed" ? <Downloads taskId={taskId} /> : null}
          <TaskActions
            task={document}
            onDeleted={() => {
              tellDeleted([taskId], messages.task.deleted(document.filename));
              void navigate({ to: "/" });
            }}
          />
        </div>
        <div className={styles.facts}>
          <TaskState task={document} />
          <TaskFacts task={document} />
        </div>
      </div>
      {document.resultsCurrent ? null : (
        <Text size="sm" c="dimmed" role="status">
          {messages.viewer.updating}
        </Text>
      )}
      <PasswordForm task={document} />
      <DocumentBody task={document} search={search} onSearch={onSearch} />
    </Stack>
  );
}
