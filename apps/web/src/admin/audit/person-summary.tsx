import { Modal, Skeleton, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import styles from "./audit.module.css";
import { nameOfAction } from "./name-entry.ts";
import { OutcomeMark } from "./outcome-mark.tsx";

/** What one person did, counted. */
export function PersonSummary({
  userId,
  name,
  opened,
  onClose,
}: {
  /** Kept while the dialog fades away. */
  userId: number;
  name: string;
  opened: boolean;
  onClose: () => void;
}) {
  const messages = useAdminTexts();
  const { summary: words, columns } = messages.admin.audit;
  const summary = useQuery(
    useTRPC().admin.auditSummary.queryOptions(
      { userId },
      { enabled: opened, staleTime: 0, refetchOnWindowFocus: false },
    ),
  );
  const day = (iso: string) => new Date(iso).toLocaleDateString(messages.locale, { dateStyle: "medium" });
  const problem = summary.isError && summary.data === undefined ? toProblem(summary.error) : null;
  const data = summary.data;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.title(name)}
      size="lg"
      centered
      closeButtonProps={{ "aria-label": messages.close }}
    >
      {problem === null ? null : (
        <ProblemAlert
          sentence={sentenceOf(messages, problem)}
          requestId={problem.requestId}
          onRetry={() => void summary.refetch()}
        />
      )}
      {summary.isPending ? <Skeleton height={160} aria-busy="true" /> : null}
      {data === undefined ? null : data.firstAt === null || data.lastAt === null ? (
        <Text>{words.empty}</Text>
      ) : (
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {words.between(day(data.firstAt), day(data.lastAt))}
          </Text>
          <Table verticalSpacing={6} aria-label={words.title(name)}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{columns.action}</Table.Th>
                <Table.Th scope="col">{columns.outcome}</Table.Th>
                <Table.Th scope="col" className={styles.count}>
                  {words.count}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.byAction
                .toSorted((a, b) => b.count - a.count)
                .map(({ action, outcome, count }) => (
                  <Table.Tr key={`${action} ${outcome}`}>
                    <Table.Th scope="row" fw={400}>
                      {nameOfAction(action, messages)}
                    </Table.Th>
                    <Table.Td>
                      <OutcomeMark outcome={outcome} />
                    </Table.Td>
                    <Table.Td className={styles.count}>{count.toLocaleString(messages.locale)}</Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
        </Stack>
      )}
    </Modal>
  );
}
