import { Table, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { toPercent } from "../../ui/quantities.ts";
import styles from "./dashboard.module.css";

export interface Share {
  key: string;
  name: ReactNode;
  count: number;
  colour?: string;
}

/** A table whose numbers are bars as well. */
export function Shares({
  label,
  head,
  rows,
  of,
}: {
  label: string;
  head: { name: string; count: string };
  rows: readonly Share[];
  /** The number that fills a bar. */
  of: number;
}) {
  const { locale } = useAdminTexts();
  return (
    <Table
      className={styles.shares ?? ""}
      aria-label={label}
      withRowBorders={false}
      verticalSpacing={5}
      horizontalSpacing={0}
    >
      <Table.Thead>
        <Table.Tr>
          {[head.name, head.count].map((name) => (
            <Table.Th key={name} scope="col">
              <VisuallyHidden>{name}</VisuallyHidden>
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, name, count, colour = "var(--legible-chart)" }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row">
              {name}
              <div className={styles.bar} aria-hidden="true">
                <div style={{ inlineSize: `${toPercent(count, of)}%`, background: colour }} />
              </div>
            </Table.Th>
            <Table.Td className={styles.number}>{count.toLocaleString(locale)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
