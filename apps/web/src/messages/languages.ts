// The languages of the page, and which one a person gets. Another one is a file of the type Messages and a line here.
import { en, type Messages } from "./en.ts";

/** English comes with the page, so that there is always a text; the others are fetched when somebody reads them. */
export const languages = {
  en: { name: "English", load: (): Promise<Messages> => Promise.resolve(en) },
  "zh-TW": { name: "繁體中文", load: async (): Promise<Messages> => (await import("./zh-tw.ts")).zhTw },
} as const;

export type Language = keyof typeof languages;

export const languageTags: readonly Language[] = ["en", "zh-TW"];

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
