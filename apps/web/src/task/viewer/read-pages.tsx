// The result page by page. Only pages near the window exist; their heights are measured when they do.
import { Skeleton, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { LedgerRow } from "../../api/answers.ts";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import { PlainPage, RenderedPage } from "./read-page.tsx";
import styles from "./read-pages.module.css";
import { SuggestedLanguage } from "./suggested-language.tsx";
import { hasTree, usePageTree } from "./use-page-tree.ts";

/** Height of a page of print in the result, px, until it is measured. */
const usual = 620;

export function ReadPages({
  taskId,
  rows,
  current,
  shape,
  label,
  onReadAgain,
}: {
  taskId: string;
  rows: readonly LedgerRow[];
  current: number;
  shape: "text" | "markdown";
  label: string;
  onReadAgain: ((page: number, languages: readonly string[]) => void) | undefined;
}) {
  const scroller = useRef<HTMLElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    // Pages are drawn soon after the scroll, not within it: the next turn of the wheel comes first.
    useFlushSync: false,
    estimateSize: () => usual,
    overscan: 1,
  });
  useEffect(() => {
    // Who reads here leads; the page image leads otherwise.
    if (scroller.current?.matches(":hover, :focus-within") !== true) list.scrollToIndex(current, { align: "start" });
  }, [current, list]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section ref={scroller} className={styles.scroller} aria-label={label} tabIndex={0}>
      <div className={styles.column} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <div
              key={row.number}
              ref={list.measureElement}
              data-index={index}
              className={styles.page}
              style={{ transform: `translateY(${start}px)` }}
            >
              <ReadOnePage taskId={taskId} row={row} shape={shape} onReadAgain={onReadAgain} />
            </div>
          );
        })}
      </div>
    </section>
  );
}

function ReadOnePage({
  taskId,
  row,
  shape,
  onReadAgain,
}: {
  taskId: string;
  row: LedgerRow;
  shape: "text" | "markdown";
  onReadAgain: ((page: number, languages: readonly string[]) => void) | undefined;
}) {
  const messages = useMessages();
  const tree = usePageTree(taskId, row);
  const suggested = hasTree(row) ? tree.data?.suggestedLanguages : undefined;
  return (
    <article aria-label={messages.viewer.page(row.number)} aria-busy={row.readingAgain} className={styles.article}>
      <p className={styles.number}>{messages.viewer.page(row.number)}</p>
      {row.readingAgain ? (
        <p className={styles.again} role="status">
          {messages.viewer.readingAgain}
        </p>
      ) : null}
      {suggested === undefined ? null : (
        <SuggestedLanguage
          languages={suggested}
          onTake={onReadAgain === undefined ? undefined : () => onReadAgain(row.number, suggested)}
        />
      )}
      {!hasTree(row) ? (
        <Text c="dimmed" size="sm">
          {row.source === null ? messages.viewer.reading : messages.viewer.failed}
        </Text>
      ) : tree.isError && tree.data === undefined ? (
        <ProblemAlert sentence={sentenceOf(messages, toProblem(tree.error))} onRetry={() => void tree.refetch()} />
      ) : tree.data === undefined ? (
        <Skeleton height={usual - 80} aria-busy="true" />
      ) : tree.data.blocks.length === 0 ? (
        <Text c="dimmed" size="sm">
          {row.source === "blank" ? messages.viewer.blank : messages.viewer.noWords}
        </Text>
      ) : shape === "text" ? (
        <PlainPage page={tree.data} />
      ) : (
        <RenderedPage page={tree.data} />
      )}
    </article>
  );
}
