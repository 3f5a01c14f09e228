// The audit log: filters, entries, one entry, what one person did, the file, and whether it is as it was written.
import { Button, Group, Menu, Skeleton, Stack, Text, Title } from "@mantine/core";
import IconChevronDown from "@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import IconHistory from "@tabler/icons-react/dist/esm/icons/IconHistory.mjs";
import IconRefresh from "@tabler/icons-react/dist/esm/icons/IconRefresh.mjs";
import IconShieldCheck from "@tabler/icons-react/dist/esm/icons/IconShieldCheck.mjs";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useState } from "react";
import type { AuditEntry } from "../../api/answers.ts";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import styles from "./audit.module.css";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditRows } from "./audit-rows.tsx";
import { type AuditSearch, exportUrl } from "./audit-search.ts";
import { ChainCheck } from "./chain-check.tsx";
import { nameOf } from "./name-entry.ts";
import { useAuditLog } from "./use-audit-log.ts";

// Fetched when somebody opens the first.
const EntryDrawer = lazy(async () => ({ default: (await import("./entry-drawer.tsx")).EntryDrawer }));
const PersonSummary = lazy(async () => ({ default: (await import("./person-summary.tsx")).PersonSummary }));

export function AuditView({ search, onSearch }: { search: AuditSearch; onSearch: (search: AuditSearch) => void }) {
  const messages = useAdminTexts();
  const { audit, clear } = messages.admin;
  const { query, entries, people } = useAuditLog(search);
  const [shown, setShown] = useState<AuditEntry>();
  const [drawer, setDrawer] = useState(false);
  const [person, setPerson] = useState<number>();
  const [summary, setSummary] = useState(false);
  const check = useQuery(
    useTRPC().admin.verifyAudit.queryOptions(undefined, { enabled: false, staleTime: 0, gcTime: 0 }),
  );
  const { fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const summarise = (userId: number) => {
    setPerson(userId);
    setSummary(true);
  };
  const problem = query.isError ? toProblem(query.error) : null;
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Title order={1}>{audit.title}</Title>
        <Group gap={8}>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconRefresh size={16} stroke={1.7} aria-hidden="true" />}
            loading={query.isRefetching && !query.isFetchingNextPage}
            onClick={() => void query.refetch()}
          >
            {audit.refresh}
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconShieldCheck size={16} stroke={1.7} aria-hidden="true" />}
            loading={check.isFetching}
            onClick={() => void check.refetch()}
          >
            {audit.verify}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                size="sm"
                variant="default"
                leftSection={<IconDownload size={16} stroke={1.7} aria-hidden="true" />}
                rightSection={<IconChevronDown size={15} stroke={1.7} aria-hidden="true" />}
              >
                {audit.export}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component="a" href={exportUrl(search, messages.admin, "csv")} download>
                {audit.exportCsv}
              </Menu.Item>
              <Menu.Item component="a" href={exportUrl(search, messages.admin, "jsonl")} download>
                {audit.exportJsonl}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      <ChainCheck
        found={check.data}
        error={check.error}
        isChecking={check.isFetching}
        onRetry={() => void check.refetch()}
      />
      <AuditFilters search={search} people={people} onSearch={onSearch} />
      {problem === null ? null : (
        <ProblemAlert
          sentence={sentenceOf(messages, problem)}
          requestId={problem.requestId}
          onRetry={() => void (query.data === undefined ? query.refetch() : query.fetchNextPage())}
        />
      )}
      {query.isPending ? <Skeleton height={400} aria-busy="true" /> : null}
      {query.data === undefined ? null : (
        <>
          <Group justify="space-between" gap="sm">
            <Text size="sm" c="dimmed" aria-live="polite">
              {query.hasNextPage ? audit.loaded(entries.length) : audit.allLoaded(entries.length)}
            </Text>
            {search.user === undefined ? null : (
              <Button size="compact-sm" variant="subtle" onClick={() => summarise(search.user ?? 0)}>
                {audit.summary.show}
              </Button>
            )}
          </Group>
          <div className={`surface ${styles.log}`}>
            {entries.length === 0 ? (
              <EmptyState icon={<IconHistory size={36} stroke={1.3} />} title={audit.empty}>
                {audit.emptyText}
                <div className={styles.wayOut}>
                  <Button variant="default" onClick={() => onSearch({})}>
                    {clear}
                  </Button>
                </div>
              </EmptyState>
            ) : (
              <AuditRows
                entries={entries}
                people={people}
                hasMore={query.hasNextPage && problem === null}
                isFetchingMore={query.isFetchingNextPage}
                onMore={more}
                onShow={(entry) => {
                  setShown(entry);
                  setDrawer(true);
                }}
              />
            )}
          </div>
        </>
      )}
      <Suspense fallback={null}>
        {shown === undefined ? null : (
          <EntryDrawer
            entry={shown}
            opened={drawer}
            people={people}
            onClose={() => setDrawer(false)}
            onSearch={(next) => {
              setDrawer(false);
              onSearch(next);
            }}
            onSummary={(userId) => {
              setDrawer(false);
              summarise(userId);
            }}
          />
        )}
        {person === undefined ? null : (
          <PersonSummary
            userId={person}
            name={nameOf(person, people, messages)}
            opened={summary}
            onClose={() => setSummary(false)}
          />
        )}
      </Suspense>
    </Stack>
  );
}
