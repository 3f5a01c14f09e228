// The chosen language between visits, kept by the browser. Without storage (blocked by a setting) it lasts as long as the page.
import { type LanguageChoice, toLanguageChoice } from "./languages.ts";

const storageKey = "legible.language";

export function keptLanguageChoice(): LanguageChoice {
  try {
    return toLanguageChoice(window.localStorage.getItem(storageKey));
  } catch {
    return "auto";
  }
}

export function keepLanguageChoice(choice: LanguageChoice): void {
  try {
    window.localStorage.setItem(storageKey, choice);
  } catch (error) {
    // Refused or full: the person reads the language all the same.
    if (!(error instanceof DOMException)) throw error;
  }
}
