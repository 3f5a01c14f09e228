// The words of a reading, without its lines and paragraphs.
import type { RecognisedParagraph, RecognisedWord } from "./engine.ts";

/** All words, in the engine's order. */
export function wordsOf(paragraphs: readonly RecognisedParagraph[]): RecognisedWord[] {
  return paragraphs.flatMap(({ lines }) => lines.flatMap(({ words }) => words));
}
