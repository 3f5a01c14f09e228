// Tells text from the gibberish of broken fonts and bad recognition, without a dictionary: by characters that stand for nothing, by
// words that no alphabet writes, and by the share of vowels.
import type { ReadingReason } from "@legible/shared/reading-reason";
import type { PdfCharacter } from "./pdf/pdf-characters.ts";

/** Share of characters that may be unknown, private or replaced before the text is taken for gibberish. */
const tolerableGarbage = 0.15;
/** Words of which no character is known, each of at least so many characters, that tell of a font without meaning. Symbols of a formula
 * and bullets stand alone or in twos. */
const unknownWord = 3;
const tolerableUnknownWords = 4;
/** Words needed for a judgement of words; fewer are a stamp or a part number. */
const enoughWords = 12;
/** Share of words that may look like no word: part numbers, formulas and addresses come to a third of a page of them. */
const tolerableOddWords = 0.5;
/** Letters needed for a judgement of vowels. */
const enoughLetters = 150;
/** Vowels among Latin letters: 35–50 % in all languages; a shifted alphabet or garbage comes to 15–20 %, pages of codes above. */
const fewestVowels = 0.22;

/** Why `characters` cannot be trusted as text; undefined when they can. */
export function findGibberish(characters: readonly PdfCharacter[]): ReadingReason | undefined {
  const written = characters.filter((character) => !character.generated && character.text.trim() !== "");
  const garbage = written.filter(isUnknown).length;
  if (garbage > written.length * tolerableGarbage) {
    return { code: "UNKNOWN_CHARACTERS", params: { unknown: garbage, written: written.length } };
  }
  const unknown = countUnknownWords(characters);
  if (unknown > tolerableUnknownWords) return { code: "UNKNOWN_FONT", params: { words: unknown } };
  const text = characters.map((character) => character.text).join("");
  // Only of the Latin script is it known here what a word looks like.
  const words = text
    .split(/\s+/u)
    .filter((word) => /^[\p{Script=Latin}\p{Script=Common}]{3,}$/u.test(word) && /\p{L}/u.test(word));
  const odd = words.filter(isOdd).length;
  if (words.length >= enoughWords && odd > words.length * tolerableOddWords) {
    return { code: "NO_WORDS", params: { odd, words: words.length } };
  }
  const letters = text.normalize("NFD").match(/\p{Script=Latin}/gu) ?? [];
  const vowels = letters.filter((letter) => /[aeiouy\u0131\u00e6\u0153\u00f8]/iu.test(letter)).length;
  if (letters.length >= enoughLetters && vowels < letters.length * fewestVowels) {
    return { code: "NO_LANGUAGE", params: { vowels, letters: letters.length } };
  }
  return undefined;
}

/** Words in which no character is known: one font of the page, of a heading perhaps, may have no meaning while the others have. */
function countUnknownWords(characters: readonly PdfCharacter[]): number {
  let words = 0;
  let length = 0;
  for (const character of characters) {
    const isKnown = character.generated || character.text.trim() === "" || !isUnknown(character);
    if (isKnown) length = 0;
    else if (++length === unknownWord) words++;
  }
  return words;
}

function isUnknown({ unmapped, text }: PdfCharacter): boolean {
  return unmapped || !isSane(text);
}

/** Marks inside a word, letters and digits in turn, or a capital after a small letter twice over. */
function isOdd(word: string): boolean {
  const inner = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  if (/^(?:https?:|www\.)|@/u.test(inner)) return false;
  return (
    /[\p{L}\p{N}][|~^<>{}\\;¦¬§¤¢£¥«»!?"*+=%$#&]+[\p{L}\p{N}]/u.test(inner) ||
    /\p{L}\p{Nd}+\p{L}/u.test(inner) ||
    /\p{Ll}\p{Lu}+\p{Ll}+\p{Lu}/u.test(inner) ||
    /[|~^¦¬]{2}/u.test(word)
  );
}

/** False for private use, unassigned, replacement and control characters. */
function isSane(text: string): boolean {
  return !/[\p{Co}\p{Cn}\p{Cs}\p{Cc}\ufffd]/u.test(text) || /^[\t\r\n\u0002]$/u.test(text);
}
