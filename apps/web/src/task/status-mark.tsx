import type { TaskStatus } from "@legible/shared/status";
import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import IconCircleX from "@tabler/icons-react/dist/esm/icons/IconCircleX.mjs";
import IconClock from "@tabler/icons-react/dist/esm/icons/IconClock.mjs";
import IconEye from "@tabler/icons-react/dist/esm/icons/IconEye.mjs";
import { useMessages } from "../messages/use-messages.ts";
import styles from "./status-mark.module.css";

const marks = {
  pending: { Icon: IconClock, tone: styles.idle },
  processing: { Icon: IconEye, tone: styles.busy },
  completed: { Icon: IconCircleCheck, tone: styles.good },
  failed: { Icon: IconAlertTriangle, tone: styles.bad },
  cancelled: { Icon: IconCircleX, tone: styles.idle },
} as const;

/** A status as sign and word; the colour says nothing that the word does not. */
export function StatusMark({ status }: { status: TaskStatus }) {
  const messages = useMessages();
  const { Icon, tone } = marks[status];
  return (
    <span className={styles.mark}>
      <Icon size={17} stroke={1.8} className={tone} aria-hidden="true" />
      {messages.statuses[status]}
    </span>
  );
}
