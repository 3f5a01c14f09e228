// The files of one document in their order: moved by pointer or by button, left out, and then sent together.
import { ActionIcon, Button, Group, Text, Title, VisuallyHidden } from "@mantine/core";
import IconArrowDown from "@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs";
import IconArrowUp from "@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs";
import IconGripVertical from "@tabler/icons-react/dist/esm/icons/IconGripVertical.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import { useRef, useState } from "react";
import { useMessages } from "../messages/use-messages.ts";
import { formatBytes } from "../ui/quantities.ts";
import type { DraftFile } from "./document-draft.ts";
import styles from "./draft-list.module.css";
import { pathOf } from "./file-order.ts";
import { FileThumbnail } from "./file-thumbnail.tsx";
import { useUploadTray } from "./upload-tray-context.ts";
import { useDragOrder } from "./use-drag-order.ts";

export function DraftList({ files, onAdd }: { files: readonly DraftFile[]; onAdd: () => void }) {
  const messages = useMessages();
  const { draft: words } = messages;
  const { draft } = useUploadTray();
  const list = useRef<HTMLOListElement>(null);
  const [told, setTold] = useState("");
  const move = (id: number, place: number) => {
    const at = draft.move(id, place);
    const name = files.find((each) => each.id === id)?.file.name ?? "";
    if (at !== -1) setTold(words.moved(name, at + 1, files.length));
  };
  const drag = useDragOrder(list, move);
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <section className={styles.draft} aria-labelledby="draft-title">
      <Title order={2} id="draft-title">
        {words.title}
      </Title>
      <Text size="sm" c="dimmed">
        {words.hint}
      </Text>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
      <ol ref={list} className={styles.list} aria-label={words.list}>
        {files.map(({ id, file }, index) => (
          <li key={id} className={styles.row} data-dragged={drag.dragged === id}>
            <span
              className={styles.grip}
              title={words.drag(file.name)}
              onPointerDown={(event) => drag.begin(event, id)}
              aria-hidden="true"
            >
              <IconGripVertical size={18} stroke={1.6} />
            </span>
            <FileThumbnail file={file} />
            <div className={styles.words}>
              <Text fw={500} className={styles.name} title={pathOf(file)}>
                {file.name}
              </Text>
              <Text size="xs" c="dimmed">
                {formatBytes(file.size, messages.locale)}
              </Text>
            </div>
            <Group gap={0} wrap="nowrap">
              <Move name={words.up(file.name)} end={index === 0} onClick={() => move(id, index - 1)}>
                <IconArrowUp size={17} stroke={1.7} />
              </Move>
              <Move name={words.down(file.name)} end={index === files.length - 1} onClick={() => move(id, index + 1)}>
                <IconArrowDown size={17} stroke={1.7} />
              </Move>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={words.remove(file.name)}
                onClick={() => draft.remove(id)}
              >
                <IconX size={17} stroke={1.7} />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ol>
      <Group gap="sm" mt="sm">
        <Button onClick={onAdd}>{words.add}</Button>
        <Button variant="subtle" color="gray" onClick={draft.clear}>
          {words.discard}
        </Button>
        <Text size="sm" c="dimmed">
          {words.summary(files.length, formatBytes(bytes, messages.locale))}
        </Text>
      </Group>
    </section>
  );
}

/** Grey at its end of the list, but never disabled: a button that is would lose the focus of the person who came there with it. */
function Move({
  name,
  end,
  onClick,
  children,
}: {
  name: string;
  end: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={name}
      aria-disabled={end}
      className={end ? (styles.end ?? "") : ""}
      onClick={() => {
        if (!end) onClick();
      }}
    >
      {children}
    </ActionIcon>
  );
}
