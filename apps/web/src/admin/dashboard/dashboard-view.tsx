// How the installation is doing: who and how much, day by day, what failed, who works most, and the machine itself.
import { Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import { formatWhen } from "../../ui/quantities.ts";
import styles from "./dashboard.module.css";
import { DayPanel } from "./day-panel.tsx";
import { Failures } from "./failures.tsx";
import { Figures } from "./figures.tsx";
import { StatusShares } from "./status-shares.tsx";
import { SystemFacts } from "./system-facts.tsx";
import { TopUsers } from "./top-users.tsx";

/** How often the figures are asked for, ms, while the page is in sight. Each look is an entry in the audit log. */
const everyMs = 60_000;

export function DashboardView() {
  const messages = useAdminTexts();
  const { dashboard } = messages.admin;
  const trpc = useTRPC();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const live = { refetchInterval: everyMs, refetchOnWindowFocus: false } as const;
  const stats = useQuery(trpc.admin.stats.queryOptions({ timeZone }, live));
  const system = useQuery(trpc.admin.system.queryOptions(undefined, live));
  const failed = [stats, system].find((query) => query.isError);
  const problem = failed === undefined ? null : toProblem(failed.error);
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm" align="baseline">
        <Title order={1}>{dashboard.title}</Title>
        <Text size="sm" c="dimmed">
          {stats.data === undefined
            ? ""
            : dashboard.updated(formatWhen(new Date(stats.dataUpdatedAt).toISOString(), new Date(), messages.locale))}
        </Text>
      </Group>
      {problem === null ? null : (
        <ProblemAlert
          sentence={sentenceOf(messages, problem)}
          requestId={problem.requestId}
          onRetry={() => void Promise.all([stats.refetch(), system.refetch()])}
        />
      )}
      {stats.data === undefined ? (
        stats.isPending ? (
          <Stack gap="md" aria-busy="true">
            <Skeleton height={88} />
            <Skeleton height={300} />
            <Skeleton height={300} />
          </Stack>
        ) : null
      ) : (
        <>
          <Figures stats={stats.data} freeBytes={system.data?.storage.freeBytes ?? null} />
          <div className={styles.panels}>
            <DayPanel title={dashboard.pagesByDay} days={stats.data.byDay} kind="pages" />
            <StatusShares tasks={stats.data.tasks} />
            <DayPanel title={dashboard.documentsByDay} days={stats.data.byDay} kind="documents" />
            <Failures failures={stats.data.failures} />
            <TopUsers />
            <SystemFacts system={system.data} stats={stats.data} />
          </div>
        </>
      )}
    </Stack>
  );
}
