import { SegmentedControl, Skeleton, Switch, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import styles from "./dashboard.module.css";
import { Panel } from "./panel.tsx";
import { Shares } from "./shares.tsx";

const metrics = ["tasks", "pages"] as const;
const most = 8;

/** Who works most, by documents or pages; without names where others look at the screen. */
export function TopUsers() {
  const messages = useAdminTexts();
  const { dashboard: words, users } = messages.admin;
  const [metric, setMetric] = useState<(typeof metrics)[number]>("tasks");
  const [hidden, setHidden] = useLocalStorage({ key: "legible.hideNames", defaultValue: false });
  const top = useQuery(
    useTRPC().admin.topUsers.queryOptions(
      { metric, limit: most },
      { placeholderData: keepPreviousData, refetchOnWindowFocus: false },
    ),
  );
  const problem = top.isError && top.data === undefined ? toProblem(top.error) : null;
  return (
    <Panel
      title={words.top}
      wide
      action={
        <div className={styles.choices}>
          <Switch
            size="sm"
            label={words.hideNames}
            checked={hidden}
            onChange={({ currentTarget: { checked } }) => setHidden(checked)}
          />
          <SegmentedControl
            size="xs"
            aria-label={words.topMetric}
            value={metric}
            data={metrics.map((value) => ({ value, label: words.metrics[value] }))}
            onChange={(value) => setMetric(metrics.find((each) => each === value) ?? "tasks")}
          />
        </div>
      }
    >
      {problem === null ? null : (
        <ProblemAlert
          sentence={sentenceOf(messages, problem)}
          requestId={problem.requestId}
          onRetry={() => void top.refetch()}
        />
      )}
      {top.isPending ? <Skeleton height={160} aria-busy="true" /> : null}
      {top.data?.length === 0 ? (
        <Text c="dimmed" className={styles.nothing ?? ""}>
          {words.topEmpty}
        </Text>
      ) : null}
      {top.data?.length ? (
        <Shares
          label={words.top}
          head={{ name: users.columns.person, count: words.metrics[metric] }}
          rows={top.data.map((user, index) => ({
            key: String(user.id),
            name: hidden ? (
              words.hiddenName(index + 1)
            ) : (
              <>
                {user.displayName}{" "}
                <Text span size="sm" c="dimmed" className="break-anywhere">
                  {user.email}
                </Text>
              </>
            ),
            count: user.count,
          }))}
          of={top.data[0]?.count ?? 0}
        />
      ) : null}
    </Panel>
  );
}
