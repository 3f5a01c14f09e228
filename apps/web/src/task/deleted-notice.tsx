// Says that documents were deleted, and offers to bring them back for as long as the server can.
import { undoDeleteMs } from "@legible/shared/limits";
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC, useTRPCClient } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { useTold } from "../ui/use-told.ts";

/** A function that shows the notice for documents that have just been deleted. */
export function useDeletedNotice(): (taskIds: readonly string[], message: string) => void {
  const messages = useMessages();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const told = useTold();
  const { deletion } = messages;

  async function restore(taskIds: readonly string[]): Promise<void> {
    try {
      const { changed, refused } = await client.task.bulk.mutate({ taskIds: [...taskIds], action: "restore" });
      if (changed.length > 0) told(deletion.restored(changed.length));
      if (refused.length > 0) told(deletion.tooLate(refused.length), "bad");
    } catch (error) {
      const { message, nextStep } = sentenceOf(messages, toProblem(error));
      told(message, "bad", nextStep);
    }
    void queryClient.invalidateQueries(trpc.task.list.queryFilter());
    void queryClient.invalidateQueries(trpc.task.stats.queryFilter());
  }

  async function show(taskIds: readonly string[], message: string): Promise<void> {
    // Fetched when there is the first to show, as useTold does.
    const { notifications } = await import("@mantine/notifications");
    const id = notifications.show({
      autoClose: undoDeleteMs,
      closeButtonProps: { "aria-label": messages.close },
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
  }

  return (taskIds, message) => void show(taskIds, message);
}
