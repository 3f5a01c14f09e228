import { Skeleton, Text } from "@mantine/core";
import type { LedgerRow } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import styles from "./page-json.module.css";
import { hasTree, usePageTree } from "./use-page-tree.ts";

/** The tree of the page that is looked at, as it stands in result.json. */
export function PageJson({ taskId, row }: { taskId: string; row: LedgerRow }) {
  const messages = useMessages();
  const tree = usePageTree(taskId, row);
  if (!hasTree(row)) {
    return (
      <Text c="dimmed" size="sm" p="md">
        {row.source === null ? messages.viewer.reading : messages.viewer.failed}
      </Text>
    );
  }
  if (tree.data === undefined) return <Skeleton height={300} aria-busy="true" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.scroller} aria-label={messages.viewer.json(row.number)} tabIndex={0}>
      <pre className={styles.json}>{JSON.stringify(tree.data, null, 2)}</pre>
    </section>
  );
}
