// PDF shows characters where they stand, left to right; readers turn right-to-left runs around again when they give text.

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const leftToRightRun = /[\p{L}\p{N}](?:[\p{L}\p{N}.,:/-]*[\p{L}\p{N}])?/gu;

/** Whether the text has letters that are written from right to left. */
export function isRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}

/** The characters of `word` (in reading order) in the order they stand on paper, from left to right. */
export function visualOrder(word: string): string {
  if (!rightToLeft.test(word)) return word;
  const turned = Array.from(word).reverse().join("");
  // Numbers and Latin letters run left to right inside a right-to-left word.
  return turned.replace(leftToRightRun, (run) => (rightToLeft.test(run) ? turnDigits(run) : turn(run)));
}

function turnDigits(run: string): string {
  return run.replace(/\p{N}+/gu, turn);
}

function turn(text: string): string {
  return Array.from(text).reverse().join("");
}
