// Which way a line of words is read.

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu;
const letter = /\p{L}/gu;

/** Whether most letters of `words` belong to scripts that run from right to left. */
export function isRightToLeft(words: readonly { text: string }[]): boolean {
  const text = words.map((word) => word.text).join("");
  return 2 * (text.match(rightToLeft)?.length ?? 0) > (text.match(letter)?.length ?? 0);
}
