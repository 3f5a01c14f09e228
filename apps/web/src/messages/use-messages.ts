// The texts in the person's language, and the choice of it.
import { createContext, use } from "react";
import type { Messages } from "./en.ts";
import type { Language, LanguageChoice } from "./languages.ts";

export interface LanguageSetting {
  /** The language on the screen. */
  language: Language;
  choice: LanguageChoice;
  /** Fetches the texts, shows them and keeps the choice; when they cannot be fetched, everything stays and this throws. */
  choose(choice: LanguageChoice): Promise<void>;
}

export const MessagesContext = createContext<Messages | null>(null);
export const LanguageContext = createContext<LanguageSetting | null>(null);

/** All texts in the person's language. Throws outside of their provider. */
export function useMessages(): Messages {
  const messages = use(MessagesContext);
  if (messages === null) throw new Error("MessagesContext is not provided");
  return messages;
}

/** The language and how to change it. Throws outside of its provider. */
export function useLanguage(): LanguageSetting {
  const setting = use(LanguageContext);
  if (setting === null) throw new Error("LanguageContext is not provided");
  return setting;
}
