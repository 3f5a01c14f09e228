import { Skeleton } from "@mantine/core";
import type { AdminStats, AdminSystem } from "../../api/answers.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { formatBytes, formatDuration } from "../../ui/quantities.ts";
import styles from "./dashboard.module.css";
import { Panel } from "./panel.tsx";

/** The machine: what waits, how fast it goes, what it runs on, and how much room there is. */
export function SystemFacts({ system, stats }: { system: AdminSystem | undefined; stats: AdminStats }) {
  const messages = useAdminTexts();
  const { admin, locale } = messages;
  const { dashboard: words, none } = admin;
  if (system === undefined) {
    return (
      <Panel title={words.system}>
        <Skeleton height={200} aria-busy="true" />
      </Panel>
    );
  }
  const { p50Ms, p95Ms } = stats.waiting;
  const { database, queue, storage, readers } = system;
  const facts = [
    [words.readers, readers === null ? words.readersOff : words.readersAlive(readers.alive, readers.most)],
    [words.pagesInHand, system.pagesInHand.toLocaleString(locale)],
    [words.queue, words.queueState(queue.waiting, queue.active)],
    [words.throughput, stats.pagesPerHour.toLocaleString(locale, { maximumFractionDigits: 1 })],
    [
      words.waitingTime,
      p50Ms === null || p95Ms === null
        ? none
        : words.waitingBoth(formatDuration(p50Ms, messages), formatDuration(p95Ms, messages)),
    ],
    [words.freeSpace, storage.freeBytes === null ? words.unknown : formatBytes(storage.freeBytes, locale)],
    [words.database, words.databaseKind(database.version, database.embedded)],
    [words.databaseSize, formatBytes(database.bytes, locale)],
    [words.version, system.version],
    [words.runtime, system.runtime],
    [words.uptime, formatDuration(system.uptimeSeconds * 1000, messages)],
    [words.languages, system.languages.map(messages.languageName).join(", ")],
  ];
  return (
    <Panel title={words.system}>
      <dl className={styles.facts}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="break-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
