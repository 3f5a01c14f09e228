import { Text } from "@mantine/core";
import type { AdminStats } from "../../api/answers.ts";
import type { AdminTexts } from "../../messages/part-messages.tsx";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import styles from "./dashboard.module.css";
import { Panel } from "./panel.tsx";
import { Shares } from "./shares.tsx";

/** Reasons shown; the rest is rare. */
const most = 6;

/** Why documents failed, most frequent first. */
export function Failures({ failures }: { failures: AdminStats["failures"] }) {
  const messages = useAdminTexts();
  const { dashboard: words } = messages.admin;
  return (
    <Panel title={words.failures}>
      {failures.length === 0 ? (
        <Text c="dimmed" className={styles.nothing ?? ""}>
          {words.noFailures}
        </Text>
      ) : (
        <Shares
          label={words.failures}
          head={{ name: words.reason, count: words.count }}
          rows={failures.slice(0, most).map(({ code, count }) => ({
            key: code,
            name: reasonOf(code, messages),
            count,
            colour: "var(--legible-bad)",
          }))}
          of={failures[0]?.count ?? 0}
        />
      )}
    </Panel>
  );
}

/** The sentence of a failure's code; the code where a newer server knows one that this page does not. */
function reasonOf(code: string, { failures, errors }: AdminTexts): string {
  const known: Record<string, { message: string }> = { ...errors, ...failures };
  return Object.hasOwn(known, code) ? (known[code]?.message ?? code) : code;
}
