// The reasons of the ledger in English, and how any language makes sentences of them. No schema is here, so that the page can use it.
import type { ReadingReason, ReasonCode } from "./reading-reason.ts";

type ParamsOf<Code extends ReasonCode> = Extract<ReadingReason, { code: Code }>["params"];

/** What a sentence is made of: as in the reason, with languages as one text. */
type Told<Params> = { [Name in keyof Params]: Params[Name] extends string[] ? string : Params[Name] };

/** A sentence for each code. */
export type ReasonSentences = { [Code in ReasonCode]: (told: Told<ParamsOf<Code>>) => string };

export const reasonSentences: ReasonSentences = {
  IMAGE: () => "Image.",
  ANIMATED_IMAGE: () => "Animated image: only its first frame is read.",
  NOTHING_DRAWN: () => "Nothing is drawn on the page.",
  NOT_EXAMINED: () => "The page could not be examined.",
  EXAMINING_FAILED: ({ failure }) => `The page could not be examined (${failure}).`,
  RECOGNITION_FORCED: () => "Recognition was asked for on every page.",
  NO_TEXT: () => "The page has no text.",
  PICTURES_ONLY: ({ percent }) => `No text; ${percent} % of the page is pictures.`,
  LITTLE_TEXT: ({ characters, percent }) =>
    `Only ${characters} characters of text; ${percent} % of the page is pictures.`,
  INVISIBLE_LAYER: () => "Only an invisible text layer over a picture.",
  OUTLINED_LETTERS: ({ outlined, written }) =>
    `Most letters are drawn as outlines (${outlined}, with ${written} written).`,
  HARDLY_A_LETTER: ({ readable, seen }) => `The text holds hardly a letter or digit (${readable} of ${seen}).`,
  UNKNOWN_CHARACTERS: ({ unknown, written }) =>
    `The text does not say which characters it shows (${unknown} of ${written}).`,
  UNKNOWN_FONT: ({ words }) => `A font does not say which characters it shows (${words} words).`,
  NO_WORDS: ({ odd, words }) => `Most words of the text are no words (${odd} of ${words}).`,
  NO_LANGUAGE: ({ vowels, letters }) =>
    `The text's letters make no language (${vowels} vowels among ${letters} letters).`,
  HAS_CHARACTERS: ({ characters }) => `The page has text (${characters} characters).`,
  HAS_TEXT: ({ readable }) => `The page has text (${readable} letters and digits).`,
  MAY_BE_COVERED: () => "The page has text that something may cover; if it cannot be seen, the page is recognised.",
  TEXT_UNSEEN: () => "The page's text cannot be seen, so it was recognised.",
  PICTURES_READ: ({ words, pictures }) =>
    `The page keeps its text; ${words} words were recognised in ${pictures === 1 ? "a picture" : `${pictures} pictures`} on it.`,
  OTHER_LANGUAGE: ({ read, seems }) => `Reading it in ${read} made little sense; it seems to be in ${seems}.`,
  SAME_PAGE: ({ page }) => `Page ${page} looks the same, so its reading was taken.`,
  EARLIER_READING: () => "Taken from an earlier reading of the same file with the same options.",
};

/** The English sentence, with languages by their codes. */
export function reasonSentence(reason: ReadingReason): string {
  return sentenceFrom(reasonSentences, reason, (code) => code);
}

/** The sentence for `reason` from those of a language, which `languageName` names languages in. */
export function sentenceFrom(
  sentences: ReasonSentences,
  { code, params }: ReadingReason,
  languageName: (code: string) => string,
): string {
  const told = Object.entries(params).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? value.map(languageName).join(" + ") : value,
  ]);
  // The compiler does not see that code and params belong together; the schema does.
  const tell = sentences[code] as (told: Record<string, unknown>) => string;
  return tell(Object.fromEntries(told));
}
