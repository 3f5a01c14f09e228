import { mayMove } from "@legible/shared/task-moves";
import { ActionIcon, Group, Menu, Tooltip } from "@mantine/core";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import IconPlayerPlay from "@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs";
import IconPlayerStop from "@tabler/icons-react/dist/esm/icons/IconPlayerStop.mjs";
import IconRefresh from "@tabler/icons-react/dist/esm/icons/IconRefresh.mjs";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import type { TaskView } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { downloadUrl } from "../download-url.ts";
import { isWhole, type ManyMove } from "./use-many.ts";

export const moveIcons = { start: IconPlayerPlay, cancel: IconPlayerStop, retry: IconRefresh, delete: IconTrash };
const formats = ["pdf", "markdown", "json"] as const;

/** The moves that the status of a document allows. */
export function movesOf(task: TaskView): ManyMove[] {
  const moves = (["start", "cancel", "retry"] as const).filter((move) => mayMove(task.status, move));
  return [...moves.filter((move) => move === "cancel" || isWhole(task)), "delete"];
}

export function RowActions({
  task,
  busy,
  onMove,
}: {
  task: TaskView;
  busy: boolean;
  onMove: (move: ManyMove) => void;
}) {
  const messages = useMessages();
  return (
    <Group gap={2} wrap="nowrap" justify="flex-end" role="group" aria-label={messages.history.actionsOf(task.filename)}>
      {task.status === "completed" ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={messages.task.downloads}>
              <IconDownload size={17} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {formats.map((format) => (
              <Menu.Item
                key={format}
                component="a"
                href={downloadUrl(task.taskId, format)}
                download
                aria-label={messages.task.downloadLabel[format]}
              >
                {messages.task.download[format]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {movesOf(task).map((move) => {
        const Icon = moveIcons[move];
        return (
          <Tooltip key={move} label={messages.task[move]} openDelay={400}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={messages.task[move]}
              disabled={busy}
              onClick={() => onMove(move)}
            >
              <Icon size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        );
      })}
    </Group>
  );
}
