// The entries as a table of which only the rows in sight exist: a log grows for ever.
import { Loader, Table, Text, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { AuditEntry, AuditPerson } from "../../api/answers.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { formatWhen } from "../../ui/quantities.ts";
import styles from "./audit.module.css";
import { nameOf, nameOfAction } from "./name-entry.ts";
import { OutcomeMark } from "./outcome-mark.tsx";

/** Heights of a row, px, as in the styles: one line, or two on a narrow screen. */
const rowHeight = { wide: 40, narrow: 66 };
/** Older entries are fetched when so many rows are left below what is in sight. */
const ahead = 20;
const columns = ["at", "person", "action", "object", "outcome"] as const;

export function AuditRows({
  entries,
  people,
  hasMore,
  isFetchingMore,
  onMore,
  onShow,
}: {
  entries: readonly AuditEntry[];
  people: ReadonlyMap<number, AuditPerson>;
  hasMore: boolean;
  isFetchingMore: boolean;
  onMore: () => void;
  onShow: (entry: AuditEntry) => void;
}) {
  const messages = useAdminTexts();
  const { audit } = messages.admin;
  const wide = useMediaQuery("(min-width: 60em)", true, { getInitialValueInEffect: false });
  const scroller = useRef<HTMLDivElement>(null);
  const height = wide ? rowHeight.wide : rowHeight.narrow;
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height have to be laid out anew
  useEffect(() => rows.measure(), [height]);
  const items = rows.getVirtualItems();
  const [first, last] = [items.at(0), items.at(-1)];
  const near = hasMore && !isFetchingMore && last !== undefined && last.index >= entries.length - ahead;
  useEffect(() => {
    if (near) onMore();
  }, [near, onMore]);
  return (
    <div ref={scroller} className={styles.scroller}>
      <Table className={styles.table ?? ""} aria-label={audit.label} aria-rowcount={hasMore ? -1 : entries.length + 1}>
        <Table.Thead>
          <Table.Tr aria-rowindex={1}>
            {columns.map((column) => (
              <Table.Th key={column} scope="col" className={styles[column]}>
                {audit.columns[column]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Room height={first?.start ?? 0} />
          {items.map(({ index, key }) => {
            const entry = entries[index];
            if (entry === undefined) return null;
            return (
              <Table.Tr key={key} aria-rowindex={index + 2} className={styles.row}>
                <Table.Td className={styles.at}>
                  <time dateTime={entry.at} title={new Date(entry.at).toLocaleString(messages.locale)}>
                    {formatWhen(entry.at, new Date(), messages.locale)}
                  </time>
                </Table.Td>
                <Table.Td className={styles.person}>{nameOf(entry.userId, people, messages)}</Table.Td>
                <Table.Td className={styles.action}>
                  <UnstyledButton className={styles.show} onClick={() => onShow(entry)}>
                    {nameOfAction(entry.action, messages)}
                  </UnstyledButton>
                </Table.Td>
                <Table.Td className={styles.object} title={entry.object ?? ""}>
                  {entry.object ?? messages.admin.none}
                </Table.Td>
                <Table.Td className={styles.outcome}>
                  <OutcomeMark outcome={entry.outcome} />
                </Table.Td>
              </Table.Tr>
            );
          })}
          <Room height={last === undefined ? 0 : rows.getTotalSize() - last.end} />
        </Table.Tbody>
      </Table>
      {isFetchingMore ? (
        <Text size="sm" c="dimmed" className={styles.fetching ?? ""} role="status">
          <Loader size={14} color="gray" aria-hidden="true" /> {audit.loadingMore}
        </Text>
      ) : null}
    </div>
  );
}

/** In place of the rows out of sight. */
function Room({ height }: { height: number }) {
  return height > 0 ? (
    <tr>
      <td colSpan={columns.length} style={{ blockSize: height, padding: 0 }} />
    </tr>
  ) : null;
}
