// Which languages a document is in, as its results say.
import { autoLanguage } from "@legible/shared/auto-language";

/** The languages `wanted` by name, or where they were to be found out those of the pages, the most frequent first. */
export function languagesRead(wanted: readonly string[], pages: readonly { languages: string[] }[]): string[] {
  if (!wanted.includes(autoLanguage)) return [...wanted];
  const counts = new Map<string, number>();
  for (const language of pages.flatMap((page) => page.languages)) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([language]) => language);
}
