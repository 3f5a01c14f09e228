import { Button, Code, Table, Text } from "@mantine/core";
import type { ApiTokenView } from "../api/answers.ts";
import { useSettingsTexts } from "../messages/part-messages.tsx";
import { formatWhen } from "../ui/quantities.ts";
import styles from "./settings.module.css";

export function TokenTable({
  tokens,
  onRevoke,
}: {
  tokens: readonly ApiTokenView[];
  onRevoke: (token: ApiTokenView) => void;
}) {
  const { settings, locale } = useSettingsTexts();
  const { tokens: words } = settings;
  const when = (iso: string) => <time dateTime={iso}>{formatWhen(iso, new Date(), locale)}</time>;
  return (
    <div className="surface">
      <Table className={styles.tokens ?? ""} verticalSpacing="sm" horizontalSpacing="md" aria-label={words.label}>
        <Table.Thead>
          <Table.Tr>
            {(["name", "scopes", "used", "expires", "actions"] as const).map((column) => (
              <Table.Th key={column} scope="col" className={styles[column]}>
                {words.columns[column]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tokens.map((token) => (
            <Table.Tr key={token.id}>
              <Table.Th scope="row" className={styles.name}>
                <Text fw={500} className="break-anywhere">
                  {token.name}
                </Text>
                <Code>{token.prefix}…</Code>
              </Table.Th>
              <Table.Td className={styles.scopes}>
                {token.scopes.map((scope) => (
                  <Text key={scope} size="sm">
                    {words.scopes[scope].name}
                  </Text>
                ))}
              </Table.Td>
              <Table.Td className={styles.used} data-label={words.columns.used}>
                {token.lastUsedAt === null ? words.neverUsed : when(token.lastUsedAt)}
              </Table.Td>
              <Table.Td className={styles.expires} data-label={words.columns.expires}>
                {token.expiresAt === null ? words.noEnd : when(token.expiresAt)}
              </Table.Td>
              <Table.Td className={styles.actions}>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={words.revokeNamed(token.name)}
                  onClick={() => onRevoke(token)}
                >
                  {words.revoke}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
