// Everything that an entry says.
import { Button, Code, CopyButton, Drawer, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { AuditEntry, AuditPerson } from "../../api/answers.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import styles from "./audit.module.css";
import type { AuditSearch } from "./audit-search.ts";
import { changeOf, nameOf, nameOfAction } from "./name-entry.ts";
import { OutcomeMark } from "./outcome-mark.tsx";

export function EntryDrawer({
  entry,
  opened,
  people,
  onClose,
  onSearch,
  onSummary,
}: {
  /** Kept while the drawer slides away. */
  entry: AuditEntry;
  opened: boolean;
  people: ReadonlyMap<number, AuditPerson>;
  onClose: () => void;
  onSearch: (search: AuditSearch) => void;
  onSummary: (userId: number) => void;
}) {
  const messages = useAdminTexts();
  const { details } = messages.admin.audit;
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="md"
      title={details.title(entry.id)}
      closeButtonProps={{ "aria-label": messages.close }}
    >
      <Stack gap="lg">
        <Facts entry={entry} people={people} />
        <Group gap={8}>
          {entry.userId === null ? null : (
            <>
              <Button size="xs" variant="default" onClick={() => onSearch({ user: entry.userId ?? undefined })}>
                {details.onlyPerson}
              </Button>
              <Button size="xs" variant="default" onClick={() => onSummary(entry.userId ?? 0)}>
                {messages.admin.audit.summary.show}
              </Button>
            </>
          )}
          {entry.object === null ? null : (
            <Button size="xs" variant="default" onClick={() => onSearch({ object: entry.object ?? undefined })}>
              {details.onlyObject}
            </Button>
          )}
        </Group>
        <Stack gap="sm">
          <Hash label={details.hash} hash={entry.hash} />
          <Hash label={details.previousHash} hash={entry.previousHash} />
        </Stack>
      </Stack>
    </Drawer>
  );
}

function Facts({ entry, people }: { entry: AuditEntry; people: ReadonlyMap<number, AuditPerson> }) {
  const messages = useAdminTexts();
  const { audit, none } = messages.admin;
  const { details: words } = audit;
  const person = entry.userId === null ? undefined : people.get(entry.userId);
  const actor = entry.actor === null ? none : audit.actors[entry.actor];
  const { change, rest } = changeOf(entry.details);
  const facts: [string, ReactNode][] = [
    [words.at, new Date(entry.at).toLocaleString(messages.locale, { dateStyle: "long", timeStyle: "long" })],
    [
      words.person,
      <>
        {nameOf(entry.userId, people, messages)}
        {person === undefined ? null : (
          <Text size="sm" c="dimmed">
            {person.email}
          </Text>
        )}
      </>,
    ],
    [words.actor, entry.tokenId === null ? actor : words.tokenNumber(entry.tokenId)],
    [
      words.action,
      <>
        {nameOfAction(entry.action, messages)} <Code>{entry.action}</Code>
      </>,
    ],
    [words.outcome, <OutcomeMark key="outcome" outcome={entry.outcome} />],
    [words.object, entry.object ?? none],
    ...(change === undefined
      ? []
      : ([
          [words.before, <Value key="before" value={change.before} />],
          [words.after, <Value key="after" value={change.after} />],
        ] satisfies [string, ReactNode][])),
    ...(rest.length === 0
      ? []
      : ([
          [
            words.more,
            <dl key="more" className={styles.more}>
              {rest.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <Value value={value} />
                  </dd>
                </div>
              ))}
            </dl>,
          ],
        ] satisfies [string, ReactNode][])),
    [words.address, entry.address ?? none],
    [words.userAgent, entry.userAgent ?? none],
    [words.requestId, entry.requestId ?? none],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd className="break-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value }: { value: unknown }) {
  return <Code className="break-anywhere">{typeof value === "string" ? value : JSON.stringify(value)}</Code>;
}

function Hash({ label, hash }: { label: string; hash: string | null }) {
  const { admin, copy: copyWord, copied: copiedWord } = useAdminTexts();
  return (
    <div>
      <Group justify="space-between" gap={8} mb={2}>
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        {hash === null ? null : (
          <CopyButton value={hash}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="subtle" aria-label={`${copyWord}: ${label}`} onClick={copy}>
                {copied ? copiedWord : copyWord}
              </Button>
            )}
          </CopyButton>
        )}
      </Group>
      {hash === null ? (
        <Text size="sm">{admin.audit.details.noHash}</Text>
      ) : (
        <Code block className={styles.hash ?? ""}>
          {hash}
        </Code>
      )}
    </div>
  );
}
