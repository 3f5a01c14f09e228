// The languages of the page, and which one a person gets. Another one is files of the types below and an entry here.
import type { Messages } from "./en.ts";
import type { AdminMessages } from "./en-admin.ts";
import type { SettingsMessages } from "./en-settings.ts";

interface LanguageFiles {
  /** In the language itself. */
  name: string;
  load: () => Promise<Messages>;
  /** Texts of parts that few visits need. */
  loadAdmin: () => Promise<AdminMessages>;
  loadSettings: () => Promise<SettingsMessages>;
}

export const languageTags = ["en", "zh-TW"] as const;
export type Language = (typeof languageTags)[number];

/** Each is fetched when somebody reads it: nobody waits for the texts of two. */
export const languages: Record<Language, LanguageFiles> = {
  en: {
    name: "English",
    load: async () => (await import("./en.ts")).en,
    loadAdmin: async () => (await import("./en-admin.ts")).admin,
    loadSettings: async () => (await import("./en-settings.ts")).settings,
  },
  "zh-TW": {
    name: "繁體中文",
    load: async () => (await import("./zh-tw.ts")).zhTw,
    loadAdmin: async () => (await import("./zh-tw-admin.ts")).admin,
    loadSettings: async () => (await import("./zh-tw-settings.ts")).settings,
  },
};

/** What is kept for a person: a language, or `auto` for the browser's. */
export type LanguageChoice = Language | "auto";

/** What was kept, as a choice; anything unknown is `auto`. */
export function toLanguageChoice(kept: string | null): LanguageChoice {
  return languageTags.find((tag) => tag === kept) ?? "auto";
}

/** The language for `choice`. With `auto` the first of the person's `preferred` languages (BCP 47) that there is. */
export function chooseLanguage(choice: LanguageChoice, preferred: readonly string[]): Language {
  if (choice !== "auto") return choice;
  const wanted = preferred.flatMap((tag) => languageTags.find((each) => primary(each) === primary(tag)) ?? []);
  return wanted[0] ?? "en";
}

/** How `language` writes numbers and dates: the person's own variety of it in the same script (en-GB), where the browser names one. */
export function localeOf(language: Language, preferred: readonly string[]): string {
  const own = script(language);
  return preferred.find((tag) => primary(tag) === primary(language) && script(tag) === own) ?? language;
}

function primary(tag: string): string {
  return tag.split("-")[0]?.toLowerCase() ?? "";
}

/** Undefined for what is no language tag. */
function script(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).maximize().script;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
