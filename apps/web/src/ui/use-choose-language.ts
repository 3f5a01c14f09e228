// Changing the language from a menu or a field: what cannot be fetched is told, and everything stays as it was.
import type { LanguageChoice } from "../messages/languages.ts";
import { useLanguage, useMessages } from "../messages/use-messages.ts";
import { useTold } from "./use-told.ts";

/** A function that changes the language and tells the person when that fails. */
export function useChooseLanguage(): (choice: LanguageChoice) => void {
  const { choose } = useLanguage();
  const { language } = useMessages();
  const told = useTold();
  return (choice) => {
    choose(choice).catch(() => told(language.failed, "bad"));
  };
}
