/** Stands instead of a language where the languages are found out page by page. No schema is here, so that the page can use it. */
export const autoLanguage = "auto";
