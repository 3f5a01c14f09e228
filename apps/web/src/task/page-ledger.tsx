// The ledger: what was done to each page, and why.
import { isSettled } from "@legible/shared/task-moves";
import { Button, Center, Skeleton, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { LedgerRow, TaskView } from "../api/answers.ts";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import type { Messages } from "../messages/en.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { formatConfidence, formatDuration } from "../ui/quantities.ts";
import { useFallbackInterval } from "./live-context.ts";
import styles from "./page-ledger.module.css";
import { reasonText } from "./reason-text.ts";

/** Rows shown at once: a table of two thousand makes every update slow. */
const step = 200;

export function PageLedger({ task }: { task: TaskView }) {
  const { taskId } = task;
  const messages = useMessages();
  const [shown, setShown] = useState(step);
  const pages = useQuery(useTRPC().task.pages.queryOptions({ taskId }, { refetchInterval: useFallbackInterval() }));
  if (pages.isPending) return <Skeleton height={160} aria-busy="true" />;
  if (pages.isError && pages.data === undefined) {
    const problem = toProblem(pages.error);
    return (
      <ProblemAlert
        sentence={sentenceOf(messages, problem)}
        requestId={problem.requestId}
        onRetry={() => void pages.refetch()}
      />
    );
  }
  if (pages.data.length === 0) {
    return (
      <Text c="dimmed" py="md">
        {isSettled(task.status) ? messages.ledger.none : messages.ledger.empty}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <div className="surface">
        <Table verticalSpacing={7} horizontalSpacing="sm" className={styles.table} aria-label={messages.ledger.caption}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" className={styles.number}>
                {messages.ledger.page}
              </Table.Th>
              <Table.Th scope="col">{messages.ledger.source}</Table.Th>
              <Table.Th scope="col" className={styles.figure}>
                {messages.ledger.confidence}
              </Table.Th>
              <Table.Th scope="col" className={`${styles.figure} ${styles.wide}`}>
                {messages.ledger.lowWords}
              </Table.Th>
              <Table.Th scope="col" className={`${styles.figure} ${styles.wide}`}>
                {messages.ledger.time}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pages.data.slice(0, shown).map((row) => (
              <Row key={row.number} row={row} messages={messages} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {pages.data.length > shown ? (
        <Center>
          <Button variant="default" size="sm" onClick={() => setShown(shown + step)}>
            {messages.ledger.more}
          </Button>
        </Center>
      ) : null}
    </Stack>
  );
}

function Row({ row, messages }: { row: LedgerRow; messages: Messages }) {
  const reason = row.error === null ? reasonText(row, messages) : null;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={styles.number}>
        {row.number}
      </Table.Th>
      <Table.Td>
        <Text inherit {...(row.source === null ? { c: "dimmed" } : {})}>
          {row.source === null ? messages.ledger.waiting : messages.ledger.sources[row.source]}
          {row.readingAgain ? (
            <Text span c="dimmed" size="sm">
              , {messages.ledger.readingAgain}
            </Text>
          ) : null}
          {row.rotation === 0 ? null : (
            <Text span c="dimmed" size="sm">
              , {messages.ledger.rotated(row.rotation)}
            </Text>
          )}
        </Text>
        {row.error === null ? null : (
          <Text size="sm" c="var(--legible-bad)">
            {messages.failures[row.error.code].message} {messages.failures[row.error.code].nextStep}
          </Text>
        )}
        {reason === null ? null : (
          <Text size="sm" c="dimmed" lang={reason.lang}>
            {reason.text}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={styles.figure}>
        {row.confidence === null ? "–" : formatConfidence(row.confidence, messages.locale)}
      </Table.Td>
      <Table.Td className={`${styles.figure} ${styles.wide}`}>
        {row.source === null ? "–" : row.lowConfidenceWords.toLocaleString(messages.locale)}
      </Table.Td>
      <Table.Td className={`${styles.figure} ${styles.wide}`}>
        {row.ms === null ? "–" : formatDuration(row.ms, messages)}
      </Table.Td>
    </Table.Tr>
  );
}
