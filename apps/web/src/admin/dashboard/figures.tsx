import type { AdminStats } from "../../api/answers.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { formatBytes } from "../../ui/quantities.ts";
import styles from "./dashboard.module.css";

/** The six figures that are looked at first, each with what says whether it is much. */
export function Figures({ stats, freeBytes }: { stats: AdminStats; freeBytes: number | null }) {
  const { admin, locale } = useAdminTexts();
  const { dashboard: words } = admin;
  const figure = (value: number) => value.toLocaleString(locale);
  const documents = Object.values(stats.tasks).reduce((sum, count) => sum + count, 0);
  const figures = [
    ["users", figure(stats.users), stats.applications === 0 ? "" : words.applications(stats.applications)],
    ["active", figure(stats.activeUsers.last24Hours), words.active30(stats.activeUsers.last30Days)],
    ["sessions", figure(stats.sessions), ""],
    [
      "documents",
      figure(documents),
      `${words.today(stats.last24Hours.tasks)}${stats.last24Hours.failed === 0 ? "" : ` · ${words.failedToday(stats.last24Hours.failed)}`}`,
    ],
    ["pages", figure(stats.pages), words.today(stats.last24Hours.pages)],
    [
      "storage",
      formatBytes(stats.storageBytes, locale),
      freeBytes === null ? "" : words.free(formatBytes(freeBytes, locale)),
    ],
  ] as const;
  return (
    <dl className={styles.figures} aria-label={words.figuresLabel}>
      {figures.map(([name, value, more]) => (
        <div key={name} className={`surface ${styles.figure}`}>
          <dt>{words.figures[name]}</dt>
          <dd className={styles.value}>{value}</dd>
          <dd className={styles.more}>{more}</dd>
        </div>
      ))}
    </dl>
  );
}
