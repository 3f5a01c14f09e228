import { Button, NativeSelect, TextInput } from "@mantine/core";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import { useRef } from "react";
import { useMessages } from "../../messages/use-messages.ts";
import { useTypedText } from "../../ui/use-typed-text.ts";
import { listedStatuses } from "../list-search.ts";
import styles from "./history.module.css";
import { type HistorySearch, isFiltered } from "./history-search.ts";

/** Typing settles before the server is asked, ms. */
const settleMs = 300;

export function HistoryFilters({
  search,
  onChange,
}: {
  search: HistorySearch;
  onChange: (change: HistorySearch) => void;
}) {
  const { history, list, statuses } = useMessages();
  const field = useRef<HTMLInputElement>(null);
  const name = useTypedText(field, search.filename ?? "", (filename) => onChange({ filename }), settleMs);
  return (
    <div className={styles.filters}>
      <TextInput
        size="sm"
        className={styles.grow ?? ""}
        label={history.filename}
        placeholder={history.filenamePlaceholder}
        leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
        maxLength={200}
        ref={field}
        value={name.typed}
        onChange={({ currentTarget: { value } }) => name.type(value)}
      />
      <NativeSelect
        size="sm"
        label={history.status}
        value={search.status ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange({ status: listedStatuses.find((status) => status === value) })
        }
        data={[{ value: "", label: list.all }, ...listedStatuses.map((value) => ({ value, label: statuses[value] }))]}
      />
      <TextInput
        size="sm"
        type="date"
        label={history.from}
        max={search.to}
        value={search.from ?? ""}
        onChange={({ currentTarget: { value } }) => onChange({ from: value })}
      />
      <TextInput
        size="sm"
        type="date"
        label={history.to}
        min={search.from}
        value={search.to ?? ""}
        onChange={({ currentTarget: { value } }) => onChange({ to: value })}
      />
      <Button
        size="sm"
        variant="default"
        disabled={!isFiltered(search)}
        onClick={() => onChange({ status: undefined, filename: undefined, from: undefined, to: undefined })}
      >
        {history.clear}
      </Button>
    </div>
  );
}
