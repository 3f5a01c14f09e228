// Searching in all documents, in English.
import { createPlural } from "./plural.ts";

const plural = createPlural("en");

export const search = {
  title: "Search in documents",
  open: "Search in documents",
  field: "Words to look for",
  placeholder: "Words from a document",
  begin: "Search in everything that was read",
  beginText:
    "Pages on which all the words stand are listed, from all of your documents. Capitals and accents make no difference.",
  none: "Nothing found",
  noneText: (text: string): string =>
    `No page of your documents has all of “${text}”. Try fewer words, or a part of a word.`,
  count: (count: number): string => plural(count, { one: "page found", other: "pages found" }),
  results: "Pages that were found",
  page: (page: number): string => `Page ${page.toLocaleString("en")}`,
  incomplete: "You have more pages than one search looks through: the oldest were left out.",
  key: "Press / to search",
  keysElsewhere: [["/", "Search in documents"]] as [string, string][],
  keysHere: [["/", "Go to the words to look for"]] as [string, string][],
};
