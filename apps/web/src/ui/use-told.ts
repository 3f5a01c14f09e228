import { notifications } from "@mantine/notifications";
import { useMessages } from "../messages/use-messages.ts";

/** A function that tells in passing that something is done. */
export function useTold(): (message: string) => void {
  const { close } = useMessages();
  return (message) => notifications.show({ message, closeButtonProps: { "aria-label": close } });
}
