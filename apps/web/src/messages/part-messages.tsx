// Texts of the administration and of the settings: fetched with these parts, in the language that is read.
import { createContext, type ReactNode, use } from "react";
import type { Messages } from "./en.ts";
import type { AdminMessages } from "./en-admin.ts";
import type { SettingsMessages } from "./en-settings.ts";
import { type Language, languages } from "./languages.ts";
import { useLanguage, useMessages } from "./use-messages.ts";

export type AdminTexts = Messages & { admin: AdminMessages };
export type SettingsTexts = Messages & { settings: SettingsMessages };

const AdminContext = createContext<AdminMessages | null>(null);
const SettingsContext = createContext<SettingsMessages | null>(null);

const fetchAdmin = fetchedOnce((language) => languages[language].loadAdmin());
const fetchSettings = fetchedOnce((language) => languages[language].loadSettings());

/** Suspends until the texts of the administration are there; throws when they cannot be fetched. */
export function WithAdminTexts({ children }: { children: ReactNode }) {
  return <AdminContext value={use(fetchAdmin(useLanguage().language))}>{children}</AdminContext>;
}

/** Suspends until the texts of the settings are there; throws when they cannot be fetched. */
export function WithSettingsTexts({ children }: { children: ReactNode }) {
  return <SettingsContext value={use(fetchSettings(useLanguage().language))}>{children}</SettingsContext>;
}

/** All texts of the administration. Throws outside of WithAdminTexts. */
export function useAdminTexts(): AdminTexts {
  const messages = useMessages();
  const admin = use(AdminContext);
  if (admin === null) throw new Error("AdminContext is not provided");
  return { ...messages, admin };
}

/** All texts of the settings. Throws outside of WithSettingsTexts. */
export function useSettingsTexts(): SettingsTexts {
  const messages = useMessages();
  const settings = use(SettingsContext);
  if (settings === null) throw new Error("SettingsContext is not provided");
  return { ...messages, settings };
}

/** The same promise for the same language, so that a render that comes again finds it; a failed one is forgotten. */
function fetchedOnce<T>(fetch: (language: Language) => Promise<T>): (language: Language) => Promise<T> {
  const fetched = new Map<Language, Promise<T>>();
  return (language) => {
    const present = fetched.get(language);
    if (present !== undefined) return present;
    const promise = fetch(language);
    fetched.set(language, promise);
    promise.catch(() => fetched.delete(language));
    return promise;
  };
}
