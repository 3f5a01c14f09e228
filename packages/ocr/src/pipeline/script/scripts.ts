// Which languages are written with Chinese characters, and which letters of a text are.

/** Tesseract's names of languages whose models know Latin letters and digits besides their own characters. */
const eastAsian = /^(chi|jpn|kor)/u;
const eastAsianLetter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/gu;
const latinLetter = /\p{Script=Latin}/gu;

export function isEastAsian(language: string): boolean {
  return eastAsian.test(language);
}

/** Letters of Chinese, Japanese and Korean, and of the Latin alphabet. */
export function countLetters(text: string): { eastAsian: number; latin: number } {
  return { eastAsian: text.match(eastAsianLetter)?.length ?? 0, latin: text.match(latinLetter)?.length ?? 0 };
}
