// The marks of recognised Chinese and Japanese: engines give most of them half as wide as they are printed, and read a wide space as a
// quotation mark.
import type { RecognisedLine, RecognisedWord } from "../engine/engine.ts";

const letter = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}]";
/** A letter or a mark of full width: what stands beside a mark of full width. */
const wide = new RegExp(`^(?:${letter}|[\\u3001-\\u3011\\uff01-\\uff60])$`, "u");
const closing: Record<string, string> = { ",": "，", ";": "；", ":": "：", "!": "！", "?": "？" };
const brackets: Record<string, string> = { "(": "（", ")": "）" };
/** What the engine makes of a space as wide as a character. Real quotation marks have more confidence than this. */
const ghost = /^["“”'‘’[\]|]+$/u;
const ghostConfidence = 50;

/** `line` with marks of full width beside East Asian letters, and without marks that stand for spaces. */
export function withEastAsianMarks(line: RecognisedLine): RecognisedLine {
  if (!line.words.some(({ text }) => [...text].some((character) => wide.test(character)))) return line;
  const kept = line.words.filter(({ text, confidence }) => !(ghost.test(text) && confidence < ghostConfidence));
  const words = kept.length === 0 ? line.words : kept;
  return { ...line, words: widened(words) };
}

function widened(words: readonly RecognisedWord[]): RecognisedWord[] {
  const texts = words.map(({ text }) => [...text]);
  const places = texts.flatMap((characters, word) => characters.map((character, at) => ({ character, word, at })));
  const isWide = (index: number) => wide.test(places[index]?.character ?? "");
  const put = (index: number, mark: string | undefined) => {
    const place = places[index];
    const text = place === undefined ? undefined : texts[place.word];
    if (place === undefined || text === undefined || mark === undefined) return;
    text[place.at] = mark;
    place.character = mark;
  };
  const open: number[] = [];
  places.forEach(({ character }, index) => {
    if (character in closing && isWide(index - 1)) put(index, closing[character]);
    else if (character === "," && isWide(index + 1)) put(index, closing[character]);
    if (character === "(") open.push(index);
    if (character !== ")") return;
    const start = open.pop();
    // A pair is of one width; one without the other is cut off by the line's end.
    const around = [...(start === undefined ? [] : [start - 1, start + 1]), index - 1];
    if (!around.some(isWide)) return;
    put(index, brackets[character]);
    if (start !== undefined) put(start, brackets["("]);
  });
  for (const index of open) if (isWide(index - 1) || isWide(index + 1)) put(index, brackets["("]);
  return words.map((word, index) => ({ ...word, text: texts[index]?.join("") ?? word.text }));
}
