import { mayMove } from "@legible/shared/task-moves";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import IconPlayerPlay from "@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs";
import IconPlayerStop from "@tabler/icons-react/dist/esm/icons/IconPlayerStop.mjs";
import IconRefresh from "@tabler/icons-react/dist/esm/icons/IconRefresh.mjs";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import type { TaskView } from "../api/answers.ts";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useMessages } from "../messages/use-messages.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { useTaskActions } from "./use-task-actions.ts";

const icon = { size: 17, stroke: 1.7, "aria-hidden": true } as const;

/** The buttons that fit the status; deleting asks first. */
export function TaskActions({ task, onDeleted }: { task: TaskView; onDeleted: () => void }) {
  const messages = useMessages();
  const { taskId, status } = task;
  const [asking, ask] = useDisclosure(false);
  const actions = useTaskActions(onDeleted);
  const complete = task.files.every((file) => file.uploaded);
  const failed = [actions.start, actions.cancel, actions.retry].find((action) => action.isError);
  const problem = failed === undefined ? null : toProblem(failed.error);
  const deleteProblem = actions.remove.isError ? toProblem(actions.remove.error) : null;
  return (
    <Stack gap="sm">
      <Group gap={8}>
        {mayMove(status, "start") && complete ? (
          <Button
            variant="default"
            leftSection={<IconPlayerPlay {...icon} />}
            loading={actions.start.isPending}
            onClick={() => actions.start.mutate({ taskId })}
          >
            {messages.task.start}
          </Button>
        ) : null}
        {mayMove(status, "cancel") ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStop {...icon} />}
            loading={actions.cancel.isPending}
            onClick={() => actions.cancel.mutate({ taskId })}
          >
            {messages.task.cancel}
          </Button>
        ) : null}
        {mayMove(status, "retry") && complete ? (
          <Button
            variant="default"
            leftSection={<IconRefresh {...icon} />}
            loading={actions.retry.isPending}
            onClick={() => actions.retry.mutate({ taskId })}
          >
            {messages.task.retry}
          </Button>
        ) : null}
        <Button variant="default" leftSection={<IconTrash {...icon} />} onClick={ask.open}>
          {messages.task.delete}
        </Button>
      </Group>
      {problem === null ? null : (
        <ProblemAlert sentence={sentenceOf(messages, problem)} requestId={problem.requestId} />
      )}
      <Modal
        opened={asking}
        onClose={ask.close}
        title={messages.task.deleteTitle}
        centered
        closeButtonProps={{ "aria-label": messages.task.keep }}
      >
        <Stack>
          <Text className="break-anywhere">{messages.task.deleteText(task.filename)}</Text>
          {deleteProblem === null ? null : (
            <ProblemAlert sentence={sentenceOf(messages, deleteProblem)} requestId={deleteProblem.requestId} />
          )}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" data-autofocus onClick={ask.close}>
              {messages.task.keep}
            </Button>
            <Button color="red.9" loading={actions.remove.isPending} onClick={() => actions.remove.mutate({ taskId })}>
              {messages.task.deleteConfirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
