import { Button, Group, Text } from "@mantine/core";
import type { TaskView } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import styles from "./history.module.css";
import { moveIcons, movesOf } from "./row-actions.tsx";
import type { ManyMove } from "./use-many.ts";

/** What can be done to the selected documents; a move that fits none of them is grey. */
export function SelectionBar({
  tasks,
  busy,
  onMove,
  onClear,
}: {
  tasks: readonly TaskView[];
  busy: boolean;
  onMove: (move: ManyMove) => void;
  onClear: () => void;
}) {
  const { history, task: words } = useMessages();
  return (
    <Group className={styles.selection ?? ""} gap={6} role="group" aria-label={history.selection}>
      <Text size="sm" fw={600} role="status">
        {history.selected(tasks.length)}
      </Text>
      {(["start", "cancel", "retry", "delete"] as const).map((move) => {
        const Icon = moveIcons[move];
        return (
          <Button
            key={move}
            size="xs"
            variant="default"
            leftSection={<Icon size={15} stroke={1.7} aria-hidden="true" />}
            disabled={busy || !tasks.some((task) => movesOf(task).includes(move))}
            onClick={() => onMove(move)}
          >
            {words[move]}
          </Button>
        );
      })}
      <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
        {history.deselect}
      </Button>
    </Group>
  );
}
