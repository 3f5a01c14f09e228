// Changing the language from a menu or a field: what cannot be fetched is told, and everything stays as it was.
import { notifications } from "@mantine/notifications";
import type { LanguageChoice } from "../messages/languages.ts";
import { useLanguage, useMessages } from "../messages/use-messages.ts";

/** A function that changes the language and tells the person when that fails. */
export function useChooseLanguage(): (choice: LanguageChoice) => void {
  const { choose } = useLanguage();
  const { language, close } = useMessages();
  return (choice) => {
    choose(choice).catch(() => {
      notifications.show({ message: language.failed, color: "red", closeButtonProps: { "aria-label": close } });
    });
  };
}
