import { Skeleton, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../api/trpc.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { useFallbackInterval } from "../live-context.ts";
import styles from "./history.module.css";
import type { HistorySearch } from "./history-search.ts";

const figures = ["all", "pending", "processing", "completed", "failed"] as const;

/** How many documents there are of each kind; a click shows only those. */
export function FigureCards({
  status,
  onStatus,
}: {
  status: HistorySearch["status"];
  onStatus: (status: HistorySearch["status"]) => void;
}) {
  const { history, locale } = useMessages();
  const stats = useQuery(useTRPC().task.stats.queryOptions(undefined, { refetchInterval: useFallbackInterval() }));
  return (
    <fieldset className={styles.figures} aria-label={history.figuresLabel}>
      {figures.map((figure) => {
        const value = figure === "all" ? stats.data?.total : stats.data?.[figure];
        const chosen = figure === "all" ? status === undefined : status === figure;
        return (
          <UnstyledButton
            key={figure}
            className={`surface ${styles.figure}`}
            aria-pressed={chosen}
            onClick={() => onStatus(figure === "all" || chosen ? undefined : figure)}
          >
            <span className={styles.value}>
              {value === undefined ? <Skeleton height={22} width={34} /> : value.toLocaleString(locale)}
            </span>
            <span className={styles.name}>{history.figures[figure]}</span>
          </UnstyledButton>
        );
      })}
    </fieldset>
  );
}
