// Which language a text in Latin letters is in, by its commonest words. Read by the English model it has lost its accents, so the words
// are ones without.

const commonWords: Record<string, string> = {
  eng: "the of and to that is for with was this are be by not from have which it on at",
  deu: "der die und das den von ist mit nicht auf dem ein eine einen sich wird zu auch werden im zur bei oder nach",
  fra: "le les des et est du une dans pour que qui par au ce pas sur plus nous vous avec aux sont",
  spa: "el los las del y que en por con una para es se su al como lo sus este",
  ita: "il di che della per con una non del dei sono nel alla gli delle si da le al anche",
  por: "os do da em um uma que para com dos das por na ao no se mais sua ou",
  nld: "het een van en de dat zijn niet met voor op te aan ook wordt bij naar deze of",
};
const sets = Object.entries(commonWords).map(([language, words]) => [language, new Set(words.split(" "))] as const);

/** Fewer common words tell nothing: about a line of text. */
const enough = 4;
/** Another language than English needs so many times its common words: it shares some of them. */
const clearlyMore = 1.5;

/** The languages of `installed` that `text` seems to be in, the likeliest first; English when it does not tell. */
export function latinLanguages(text: string, installed: readonly string[]): string[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counts = sets
    .filter(([language]) => installed.includes(language))
    .map(([language, set]) => ({ language, count: words.filter((word) => set.has(word)).length }))
    .sort((a, b) => b.count - a.count);
  const english = counts.find(({ language }) => language === "eng")?.count ?? 0;
  const [best] = counts;
  if (best === undefined) return [];
  if (best.language === "eng" || best.count < enough || best.count < english * clearlyMore) {
    return installed.includes("eng") ? ["eng"] : [best.language];
  }
  return english >= enough ? [best.language, "eng"] : [best.language];
}
