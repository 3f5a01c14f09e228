// Keeps the language of the whole page: what is chosen, what is shown, and the page's lang attribute.
import { type ReactNode, startTransition, useEffect, useMemo, useState } from "react";
import type { Messages } from "./en.ts";
import { keepLanguageChoice } from "./kept-language.ts";
import { chooseLanguage, type Language, type LanguageChoice, languages, localeOf } from "./languages.ts";
import { LanguageContext, MessagesContext } from "./use-messages.ts";

export interface LoadedLanguage {
  choice: LanguageChoice;
  language: Language;
  messages: Messages;
}

/** The texts for `choice`, with the person's own way of writing numbers and dates. Throws when they cannot be fetched. */
export async function loadLanguage(choice: LanguageChoice): Promise<LoadedLanguage> {
  const preferred = navigator.languages;
  const language = chooseLanguage(choice, preferred);
  const messages = await languages[language].load();
  return { choice, language, messages: { ...messages, locale: localeOf(language, preferred) } };
}

export function MessagesProvider({ initial, children }: { initial: LoadedLanguage; children: ReactNode }) {
  const [{ choice, language, messages }, setLoaded] = useState(initial);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const setting = useMemo(
    () => ({
      choice,
      language,
      choose: async (next: LanguageChoice) => {
        const loaded = await loadLanguage(next);
        // Texts of a part may be on their way yet: what is shown stays until they are there.
        startTransition(() => setLoaded(loaded));
        keepLanguageChoice(next);
      },
    }),
    [choice, language],
  );
  return (
    <LanguageContext value={setting}>
      <MessagesContext value={messages}>{children}</MessagesContext>
    </LanguageContext>
  );
}
