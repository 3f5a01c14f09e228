// Says that documents were deleted, and offers to bring them back for as long as the server can.
import { undoDeleteMs } from "@legible/shared/limits";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC, useTRPCClient } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";

/** A function that shows the notice for documents that have just been deleted. */
export function useDeletedNotice(): (taskIds: readonly string[], message: string) => void {
  const messages = useMessages();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const closeButtonProps = { "aria-label": messages.close };
  const { deletion } = messages;

  async function restore(taskIds: readonly string[]): Promise<void> {
    try {
      const { changed, refused } = await client.task.bulk.mutate({ taskIds: [...taskIds], action: "restore" });
      if (changed.length > 0) notifications.show({ message: deletion.restored(changed.length), closeButtonProps });
      if (refused.length > 0)
        notifications.show({ message: deletion.tooLate(refused.length), color: "red", closeButtonProps });
    } catch (error) {
      const { message, nextStep } = sentenceOf(messages, toProblem(error));
      notifications.show({ title: message, message: nextStep, color: "red", closeButtonProps });
    }
    void queryClient.invalidateQueries(trpc.task.list.queryFilter());
    void queryClient.invalidateQueries(trpc.task.stats.queryFilter());
  }

  return (taskIds, message) => {
    const id = notifications.show({
      autoClose: undoDeleteMs,
      closeButtonProps,
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm" className="break-anywhere">
            {message}
          </Text>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              notifications.hide(id);
              void restore(taskIds);
            }}
          >
            {deletion.undo}
          </Button>
        </Group>
      ),
    });
  };
}
