import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useState } from "react";
import type { AuditPerson } from "../../api/answers.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import styles from "./audit.module.css";
import { type AuditSearch, choicesOf, isFiltered } from "./audit-search.ts";

// The field that searches is heavy, and the log shows before anybody filters it: until it is there, one of its size stands for it.
const PersonField = lazy(async () => ({ default: (await import("./person-field.tsx")).PersonField }));

/** Typing settles before the server is asked, ms. */
const settleMs = 400;

export function AuditFilters({
  search,
  people,
  onSearch,
}: {
  search: AuditSearch;
  people: ReadonlyMap<number, AuditPerson>;
  onSearch: (search: AuditSearch) => void;
}) {
  const { admin } = useAdminTexts();
  const { filters, ...words } = admin.audit;
  const { actions, outcomes, actors } = choicesOf(admin);
  const change = (some: AuditSearch) => onSearch({ ...search, ...some });
  const [object, setObject] = useState(search.object ?? "");
  const settle = useDebouncedCallback((next: string) => change({ object: next }), settleMs);
  // The address may change by itself: back, forward, filters cleared.
  useEffect(() => setObject(search.object ?? ""), [search.object]);
  const any = { value: "", label: filters.any };
  return (
    <div className={styles.filters}>
      <Suspense
        fallback={<TextInput size="sm" label={filters.person} placeholder={filters.personAny} disabled={true} />}
      >
        <PersonField value={search.user} people={people} onChange={(user) => change({ user })} />
      </Suspense>
      <NativeSelect
        size="sm"
        label={filters.action}
        value={search.action ?? ""}
        onChange={({ currentTarget: { value } }) => change({ action: value })}
        data={[any, ...actions.map((value) => ({ value, label: words.actions[value] }))]}
      />
      <NativeSelect
        size="sm"
        label={filters.outcome}
        value={search.outcome ?? ""}
        onChange={({ currentTarget: { value } }) => change({ outcome: value })}
        data={[any, ...outcomes.map((value) => ({ value, label: words.outcomes[value] }))]}
      />
      <NativeSelect
        size="sm"
        label={filters.actor}
        value={search.actor ?? ""}
        onChange={({ currentTarget: { value } }) => change({ actor: value })}
        data={[any, ...actors.map((value) => ({ value, label: words.actors[value] }))]}
      />
      <TextInput
        size="sm"
        label={filters.object}
        placeholder={filters.objectPlaceholder}
        maxLength={200}
        value={object}
        onChange={({ currentTarget: { value } }) => {
          setObject(value);
          settle(value);
        }}
      />
      <TextInput
        size="sm"
        type="date"
        label={filters.from}
        max={search.to}
        value={search.from ?? ""}
        onChange={({ currentTarget: { value } }) => change({ from: value })}
      />
      <TextInput
        size="sm"
        type="date"
        label={filters.to}
        min={search.from}
        value={search.to ?? ""}
        onChange={({ currentTarget: { value } }) => change({ to: value })}
      />
      <Button size="sm" variant="default" disabled={!isFiltered(search)} onClick={() => onSearch({})}>
        {admin.clear}
      </Button>
    </div>
  );
}
