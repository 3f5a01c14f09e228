// "1 page", "12 pages": which form a number takes is the language's rule, not ours.

/** Forms of a word by plural category. Each language fills those that it has; `other` is in all of them. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Counts in `language`: `plural(1234, { one: "page", other: "pages" })` is "1,234 pages". */
export function createPlural(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count, forms) => `${numbers.format(count)} ${forms[rules.select(count)] ?? forms.other}`;
}
