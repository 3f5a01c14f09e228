// Telling something in passing. The notifications are fetched when there is the first to show: no page waits for them.
import { useMessages } from "../messages/use-messages.ts";

/** A function that tells that something is done; `bad`: that it could not be done. */
export function useTold(): (message: string, tone?: "good" | "bad") => void {
  const { close } = useMessages();
  return (message, tone = "good") => {
    void import("@mantine/notifications").then(({ notifications }) =>
      notifications.show({
        message,
        ...(tone === "bad" ? { color: "red" } : {}),
        closeButtonProps: { "aria-label": close },
      }),
    );
  };
}
