import type { TaskStatus } from "@legible/shared/status";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import styles from "./dashboard.module.css";
import { Panel } from "./panel.tsx";
import { Shares } from "./shares.tsx";

const order = ["pending", "processing", "completed", "failed", "cancelled"] as const satisfies TaskStatus[];
const colours = {
  pending: "var(--legible-idle)",
  processing: "var(--legible-accent-text)",
  completed: "var(--legible-good)",
  failed: "var(--legible-bad)",
  cancelled: "var(--legible-idle)",
};

/** How many documents there are in each status, and their share of all. */
export function StatusShares({ tasks }: { tasks: Record<TaskStatus, number> }) {
  const { admin, statuses } = useAdminTexts();
  const { dashboard: words } = admin;
  const total = order.reduce((sum, status) => sum + tasks[status], 0);
  return (
    <Panel title={words.byStatus} action={<span className={styles.aside}>{words.byStatusOf(total)}</span>}>
      <Shares
        label={words.byStatus}
        head={{ name: admin.audit.columns.outcome, count: words.count }}
        rows={order.map((status) => ({
          key: status,
          name: statuses[status],
          count: tasks[status],
          colour: colours[status],
        }))}
        of={total}
      />
    </Panel>
  );
}
