// Telling something in passing. The notifications are fetched when there is the first to show: no page waits for them.
import { useMessages } from "../messages/use-messages.ts";

/** A function that tells that something is done; `bad`: that it could not be done, and what to do then. */
export function useTold(): (message: string, tone?: "good" | "bad", nextStep?: string) => void {
  const { close } = useMessages();
  return (message, tone = "good", nextStep) => {
    void import("@mantine/notifications").then(({ notifications }) =>
      notifications.show({
        ...(nextStep === undefined ? { message } : { title: message, message: nextStep }),
        ...(tone === "bad" ? { color: "red" } : {}),
        closeButtonProps: { "aria-label": close },
      }),
    );
  };
}
