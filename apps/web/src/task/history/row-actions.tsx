// What can be done to one document of the list. Plain buttons: a tooltip and a menu of the library for each row of a hundred would take
// longer than a person waits.
import { mayMove } from "@legible/shared/task-moves";
import { Menu } from "@mantine/core";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import IconPlayerPlay from "@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs";
import IconPlayerStop from "@tabler/icons-react/dist/esm/icons/IconPlayerStop.mjs";
import IconRefresh from "@tabler/icons-react/dist/esm/icons/IconRefresh.mjs";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { type ComponentProps, memo, useState } from "react";
import type { TaskView } from "../../api/answers.ts";
import type { Messages } from "../../messages/en.ts";
import { DownloadItems } from "../download-items.tsx";
import styles from "./history.module.css";
import { isWhole, type ManyMove } from "./use-many.ts";

export const moveIcons = { start: IconPlayerPlay, cancel: IconPlayerStop, retry: IconRefresh, delete: IconTrash };
const formats = ["pdf", "markdown", "json"] as const;

/** The moves that the status of a document allows. */
export function movesOf(task: TaskView): ManyMove[] {
  const moves = (["start", "cancel", "retry"] as const).filter((move) => mayMove(task.status, move));
  return [...moves.filter((move) => move === "cancel" || isWhole(task)), "delete"];
}

/** Drawn anew only when something of its own changes, as the row is whenever it is selected. */
export const RowActions = memo(function RowActions({
  task,
  messages,
  busy,
  onMove,
}: {
  task: TaskView;
  messages: Messages;
  busy: boolean;
  onMove: (task: TaskView, move: ManyMove) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; these are the buttons of one row
    <div role="group" className={styles.buttons} aria-label={messages.history.actionsOf(task.filename)}>
      {task.status === "completed" ? <Downloads taskId={task.taskId} messages={messages} /> : null}
      {movesOf(task).map((move) => {
        const Icon = moveIcons[move];
        return (
          <IconButton key={move} name={messages.task[move]} disabled={busy} onClick={() => onMove(task, move)}>
            <Icon size={17} stroke={1.7} />
          </IconButton>
        );
      })}
    </div>
  );
});

/** The menu comes into being when it is first opened. */
function Downloads({ taskId, messages }: { taskId: string; messages: Messages }) {
  const [wanted, setWanted] = useState(false);
  const icon = <IconDownload size={17} stroke={1.7} />;
  if (!wanted) {
    return (
      <IconButton name={messages.task.downloads} aria-haspopup="menu" onClick={() => setWanted(true)}>
        {icon}
      </IconButton>
    );
  }
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>
        <IconButton name={messages.task.downloads}>{icon}</IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <DownloadItems taskId={taskId} formats={formats} />
      </Menu.Dropdown>
    </Menu>
  );
}

function IconButton({ name, ...props }: { name: string } & ComponentProps<"button">) {
  return <button type="button" className={styles.iconButton} title={name} aria-label={name} {...props} />;
}
