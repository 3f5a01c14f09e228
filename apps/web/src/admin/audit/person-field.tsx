import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AuditPerson } from "../../api/answers.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";

/** Typing settles before the server is asked, ms: each look is an entry in the audit log. */
const settleMs = 400;
const most = 20;

/** One person, found by a part of the name or address. The server finds: there may be thousands. */
export function PersonField({
  value,
  people,
  onChange,
}: {
  value: number | undefined;
  /** Whose names are known already. */
  people: ReadonlyMap<number, AuditPerson>;
  onChange: (userId: number | undefined) => void;
}) {
  const { admin } = useAdminTexts();
  const { filters, personNumber } = admin.audit;
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<{ id: number; label: string }>();
  const [text] = useDebouncedValue(typed, settleMs);
  const label = ({ displayName, email }: Pick<AuditPerson, "displayName" | "email">) => `${displayName} · ${email}`;
  const nameOf = (id: number) => {
    const known = people.get(id);
    if (known !== undefined) return label(known);
    return chosen?.id === id ? chosen.label : personNumber(id);
  };
  // The chosen person's own label stands in the field: that is no search.
  const wanted = value !== undefined && text === nameOf(value) ? "" : text.slice(0, 200);
  const found = useQuery(
    useTRPC().admin.users.queryOptions(
      { page: 1, pageSize: most, ...(wanted === "" ? {} : { text: wanted }) },
      { enabled: opened, placeholderData: keepPreviousData },
    ),
  );
  const options = new Map((found.data?.items ?? []).map((user) => [user.id, label(user)]));
  if (value !== undefined && !options.has(value)) options.set(value, nameOf(value));
  return (
    <Select
      size="sm"
      label={filters.person}
      placeholder={filters.personAny}
      searchable
      clearable
      clearButtonProps={{ "aria-label": admin.clear }}
      nothingFoundMessage={found.isFetching ? "…" : filters.nobody}
      data={[...options].map(([id, name]) => ({ value: String(id), label: name }))}
      filter={({ options: all }) => all}
      value={value === undefined ? null : String(value)}
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      onChange={(next) => {
        const id = next === null ? undefined : Number(next);
        setChosen(id === undefined ? undefined : { id, label: options.get(id) ?? personNumber(id) });
        onChange(id);
      }}
      comboboxProps={{ width: 300, position: "bottom-start" }}
    />
  );
}
