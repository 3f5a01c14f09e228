import { useMessages } from "../messages/use-messages.ts";
import styles from "./wordmark.module.css";

/** The name with its sign. */
export function Wordmark() {
  const messages = useMessages();
  return (
    <span className={styles.wordmark}>
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="7" className={styles.tile} />
        <path d="M9 8v16h14" className={styles.stroke} strokeWidth="3.4" />
        <path d="M15 10h8M15 15h5" className={styles.lines} strokeWidth="2.6" />
      </svg>
      {messages.appName}
    </span>
  );
}
