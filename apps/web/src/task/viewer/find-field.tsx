import { Group, Text, TextInput } from "@mantine/core";
import IconChevronDown from "@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs";
import IconChevronUp from "@tabler/icons-react/dist/esm/icons/IconChevronUp.mjs";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import type { RefObject } from "react";
import { useMessages } from "../../messages/use-messages.ts";
import { useTypedText } from "../../ui/use-typed-text.ts";
import styles from "./document-viewer.module.css";
import type { Found } from "./use-find.ts";
import { longestFind } from "./viewer-search.ts";
import { Tool } from "./viewer-toolbar.tsx";

/** Typing settles before the whole document is looked through, ms. */
const settleMs = 120;

/** Enter goes to the next match, with Shift to the one before; Escape ends the search. */
export function FindField({
  field,
  wanted,
  found,
  onWanted,
  onGo,
}: {
  field: RefObject<HTMLInputElement | null>;
  wanted: string;
  found: Found;
  onWanted: (wanted: string) => void;
  onGo: (step: 1 | -1) => void;
}) {
  const { find } = useMessages().viewer;
  const { typed, type, finish } = useTypedText(field, wanted, onWanted, settleMs);
  const state = !found.possible
    ? find.waits
    : found.at === undefined
      ? find.none
      : find.count(found.at + 1, found.total);
  return (
    <Group gap={2} wrap="nowrap" className={styles.find ?? ""}>
      <TextInput
        ref={field}
        size="xs"
        type="search"
        aria-label={find.label}
        placeholder={find.placeholder}
        leftSection={<IconSearch size={14} stroke={1.7} aria-hidden="true" />}
        maxLength={longestFind}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            if (typed === wanted) onGo(event.shiftKey ? -1 : 1);
            else finish(typed);
          }
          if (event.key !== "Escape") return;
          finish("");
          event.currentTarget.blur();
        }}
      />
      <Text size="xs" c="dimmed" role="status" className={styles.matches ?? ""} title={state}>
        {wanted === "" ? "" : state}
      </Text>
      {found.total > 0 && wanted !== "" ? (
        <>
          <Tool name={find.previous} onClick={() => onGo(-1)}>
            <IconChevronUp size={16} stroke={1.7} />
          </Tool>
          <Tool name={find.next} onClick={() => onGo(1)}>
            <IconChevronDown size={16} stroke={1.7} />
          </Tool>
        </>
      ) : null}
    </Group>
  );
}
