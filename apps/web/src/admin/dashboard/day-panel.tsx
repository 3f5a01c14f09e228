// Thirty days as a chart, and the same as a table: for those who cannot see it, and for those who want the numbers.
import { ActionIcon, Skeleton, Table, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import IconChartBar from "@tabler/icons-react/dist/esm/icons/IconChartBar.mjs";
import IconTable from "@tabler/icons-react/dist/esm/icons/IconTable.mjs";
import { lazy, Suspense, useState } from "react";
import type { AdminStats } from "../../api/answers.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import styles from "./dashboard.module.css";
import { Panel } from "./panel.tsx";

// The charts weigh as much as half of the page; the figures do not wait for them.
const DayChart = lazy(async () => ({ default: (await import("./day-chart.tsx")).DayChart }));

type Days = AdminStats["byDay"];

export function DayPanel({ title, days, kind }: { title: string; days: Days; kind: "pages" | "documents" }) {
  const { admin } = useAdminTexts();
  const { dashboard: words } = admin;
  const [asTable, setAsTable] = useState(false);
  const empty = days.every((day) => day.tasks === 0 && day.pages === 0);
  const label = asTable ? words.asChart : words.asTable;
  const Icon = asTable ? IconChartBar : IconTable;
  return (
    <Panel
      title={title}
      wide
      action={
        empty ? null : (
          <Tooltip label={label} openDelay={400}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${label}: ${title}`}
              onClick={() => setAsTable(!asTable)}
            >
              <Icon size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )
      }
    >
      {empty ? (
        <Text c="dimmed" className={styles.nothing ?? ""}>
          {words.nothingYet}
        </Text>
      ) : asTable ? (
        <section className={styles.scroll} aria-label={title}>
          <DayTable title={title} days={days} kind={kind} />
        </section>
      ) : (
        <>
          <div className={styles.chart} aria-hidden="true">
            <Suspense fallback={<Skeleton height="100%" />}>
              <DayChart days={days} kind={kind} />
            </Suspense>
          </div>
          <VisuallyHidden>
            <DayTable title={title} days={days} kind={kind} />
          </VisuallyHidden>
        </>
      )}
    </Panel>
  );
}

function DayTable({ title, days, kind }: { title: string; days: Days; kind: "pages" | "documents" }) {
  const { admin, locale } = useAdminTexts();
  const { dashboard: words } = admin;
  const figure = (value: number) => value.toLocaleString(locale);
  return (
    <Table verticalSpacing={4} aria-label={title} tabularNums>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{words.day}</Table.Th>
          {kind === "pages" ? (
            <Table.Th scope="col" className={styles.number}>
              {words.pages}
            </Table.Th>
          ) : (
            <>
              <Table.Th scope="col" className={styles.number}>
                {words.documents}
              </Table.Th>
              <Table.Th scope="col" className={styles.number}>
                {words.failed}
              </Table.Th>
            </>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {days.toReversed().map(({ day, tasks, failed, pages }) => (
          <Table.Tr key={day}>
            <Table.Th scope="row" fw={400}>
              {new Date(`${day}T12:00:00`).toLocaleDateString(locale, { dateStyle: "medium" })}
            </Table.Th>
            {(kind === "pages" ? [pages] : [tasks - failed, failed]).map((value, index) => (
              <Table.Td key={index === 0 ? "first" : "second"} className={styles.number}>
                {figure(value)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
