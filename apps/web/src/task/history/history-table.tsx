import { Checkbox, Skeleton, UnstyledButton } from "@mantine/core";
import IconArrowDown from "@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs";
import IconArrowUp from "@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs";
import type { TaskView } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import styles from "./history.module.css";
import { HistoryRow } from "./history-row.tsx";
import type { HistorySearch, SortedColumn } from "./history-search.ts";
import type { ManyMove } from "./use-many.ts";

/** As on the screen; `sort` where the server can order by it. */
const columns = [
  { name: "filename", sort: "filename", style: styles.filename },
  { name: "pages", sort: "pages", style: `${styles.figureCell} ${styles.optional}` },
  { name: "status", sort: "status", style: styles.state },
  { name: "confidence", style: `${styles.figureCell} ${styles.optional}` },
  { name: "time", style: `${styles.figureCell} ${styles.optional}` },
  { name: "createdAt", sort: "createdAt", style: `${styles.figureCell} ${styles.when}` },
  { name: "expires", style: `${styles.figureCell} ${styles.optional}` },
] as const satisfies { name: string; sort?: SortedColumn; style: string | undefined }[];
const skeletons = ["a", "b", "c", "d", "e", "f"];

export function HistoryTable({
  tasks,
  search,
  selected,
  busy,
  onSort,
  onSelect,
  onSelectAll,
  onMove,
}: {
  /** Undefined while the first answer is on its way. */
  tasks: readonly TaskView[] | undefined;
  search: HistorySearch;
  selected: ReadonlySet<string>;
  busy: boolean;
  onSort: (column: SortedColumn) => void;
  onSelect: (taskId: string, selected: boolean) => void;
  onSelectAll: (selected: boolean) => void;
  onMove: (task: TaskView, move: ManyMove) => void;
}) {
  const messages = useMessages();
  const { history } = messages;
  const { sort = "createdAt", order = "desc" } = search;
  const all = tasks !== undefined && tasks.length > 0 && tasks.every(({ taskId }) => selected.has(taskId));
  return (
    <table className={styles.table} aria-label={history.caption} aria-busy={tasks === undefined}>
      <thead>
        <tr>
          <th scope="col" className={styles.check}>
            <Checkbox
              size="xs"
              aria-label={history.selectAll}
              checked={all}
              indeterminate={!all && selected.size > 0}
              disabled={tasks === undefined || tasks.length === 0}
              onChange={({ currentTarget }) => onSelectAll(currentTarget.checked)}
            />
          </th>
          {columns.map((column) => {
            const name = history.columns[column.name];
            if (!("sort" in column)) {
              return (
                <th key={column.name} scope="col" className={column.style}>
                  {name}
                </th>
              );
            }
            const sorted = sort === column.sort;
            const Arrow = order === "asc" ? IconArrowUp : IconArrowDown;
            return (
              <th
                key={column.name}
                scope="col"
                className={column.style}
                aria-sort={sorted ? (order === "asc" ? "ascending" : "descending") : "none"}
              >
                <UnstyledButton
                  className={styles.sort}
                  title={history.sortBy(name)}
                  onClick={() => onSort(column.sort)}
                >
                  {name}
                  <Arrow
                    size={13}
                    stroke={2}
                    aria-hidden="true"
                    style={{ visibility: sorted ? "visible" : "hidden" }}
                  />
                </UnstyledButton>
              </th>
            );
          })}
          <th scope="col" className={styles.actions}>
            {history.columns.actions}
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks === undefined
          ? skeletons.map((key) => (
              <tr key={key}>
                <td colSpan={columns.length + 2}>
                  <Skeleton height={20} my={8} />
                </td>
              </tr>
            ))
          : tasks.map((task) => (
              <HistoryRow
                key={task.taskId}
                task={task}
                messages={messages}
                selected={selected.has(task.taskId)}
                busy={busy}
                onSelect={onSelect}
                onMove={onMove}
              />
            ))}
      </tbody>
    </table>
  );
}
