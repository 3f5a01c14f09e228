// Takes the words of a recognised page out of tesseract one by one. tesseract.js writes a JSON text of every letter instead, 1.5 MB a page,
// which costs a fifteenth of the time of recognition and is never freed; and it cuts confidences to whole numbers.
import type { Box } from "@legible/shared/document";
import type { RecognisedLine, RecognisedParagraph } from "./engine.ts";

/** Levels of tesseract's page tree (`PageIteratorLevel` in publictypes.h). */
const level = { paragraph: 1, line: 2, word: 3 } as const;
type Level = (typeof level)[keyof typeof level];

/** What is used of tesseract's `ResultIterator`. Pointers are addresses of 32-bit integers in the module's memory. */
type ResultIterator = {
  Begin(): void;
  Next(level: Level): boolean;
  Empty(level: Level): boolean;
  IsAtBeginningOf(level: Level): boolean;
  BoundingBox(level: Level, left: number, top: number, right: number, bottom: number): boolean;
  Baseline(level: Level, x0: number, y0: number, x1: number, y1: number): boolean;
  GetUTF8Text(level: Level): string;
  Confidence(level: Level): number;
};

/** What is used of tesseract.js-core. */
export type Core = {
  _malloc(bytes: number): number;
  _free(address: number): void;
  getValue(address: number, type: "i32"): number;
  getPointer(object: ResultIterator): number;
  destroy(object: ResultIterator): void;
};

/** The page that was last recognised. */
export type Api = { GetIterator(): ResultIterator };

/** Offsets of four 32-bit integers, bytes. */
const corners = [0, 4, 8, 12] as const;

/** Its paragraphs in tesseract's reading order, without those that hold no word. @throws Error when nothing was recognised */
export function resultWords(core: Core, api: Api): RecognisedParagraph[] {
  const at = api.GetIterator();
  if (core.getPointer(at) === 0) throw new Error("The page was not recognised.");
  const memory = core._malloc(16);
  const [a, b, c, d] = corners.map((offset) => memory + offset) as [number, number, number, number];
  const corner = () => [a, b, c, d].map((address) => core.getValue(address, "i32")) as Box;
  const paragraphs: RecognisedParagraph[] = [];
  let paragraph: RecognisedParagraph | undefined;
  let line: RecognisedLine | undefined;
  at.Begin();
  do {
    if (at.Empty(level.word)) continue;
    if (paragraph === undefined || at.IsAtBeginningOf(level.paragraph)) {
      paragraph = { lines: [] };
      paragraphs.push(paragraph);
    }
    if (line === undefined || at.IsAtBeginningOf(level.line)) {
      at.BoundingBox(level.line, a, b, c, d);
      const bbox = corner();
      at.Baseline(level.line, a, b, c, d);
      line = { bbox, baseline: corner(), words: [] };
      paragraph.lines.push(line);
    }
    const text = at.GetUTF8Text(level.word);
    at.BoundingBox(level.word, a, b, c, d);
    if (text.trim() !== "") line.words.push({ text, bbox: corner(), confidence: at.Confidence(level.word) });
  } while (at.Next(level.word));
  core._free(memory);
  core.destroy(at);
  return withWords(paragraphs);
}

function withWords(paragraphs: readonly RecognisedParagraph[]): RecognisedParagraph[] {
  return paragraphs
    .map(({ lines }) => ({ lines: lines.filter((line) => line.words.length > 0) }))
    .filter(({ lines }) => lines.length > 0);
}
