// Reads a page in several scripts. Asked for Chinese and English at once, the engine takes the English reading of many Chinese lines
// ("RESET EER"): its two models' confidences do not compare. So the East Asian model, which knows Latin letters too, reads the page
// alone, and the other languages read only what it took for Latin letters and digits.
import type { Engine, RecognisedParagraph, RecogniseOptions } from "../engine/engine.ts";
import { wordsOf } from "../engine/words-of.ts";
import { recognisePage } from "../prepare/recognise-page.ts";
import type { Raster } from "../raster.ts";
import { withEastAsianMarks } from "./east-asian-marks.ts";
import { readDown } from "./read-down.ts";
import { rereadRuns } from "./reread-runs.ts";
import { countLetters, isEastAsian } from "./scripts.ts";

/** So many times as many Latin letters as others: the page is Latin, with a name or a stamp in the other script. */
const mostlyLatin = 4;
/** Share of East Asian letters above which a page is not read as one in Latin letters. A stamp on a letter has less. */
const someEastAsian = 0.1;

/** The words of `raster` in all of `options.languages`; the first of them says which script is likely. */
export async function recogniseScripts(
  engine: Engine,
  raster: Raster,
  options: RecogniseOptions,
  signal: AbortSignal,
): Promise<RecognisedParagraph[]> {
  const main = options.languages.filter(isEastAsian);
  const others = options.languages.filter((language) => !isEastAsian(language));
  const read = (languages: readonly string[]) => recognisePage(engine, raster, { ...options, languages }, signal);
  if (main.length === 0) return await read(options.languages);
  if (!isEastAsian(options.languages[0] ?? "")) {
    const mixed = await read(options.languages);
    if (shareOfEastAsian(mixed) < someEastAsian) return mixed;
  }
  const alone = await read(main);
  const down = await readDown(engine, raster, { ...options, languages: main }, alone, signal);
  if (down !== undefined) return withMarks(down);
  if (others.length === 0) return withMarks(alone);
  if (shareOfEastAsian(alone) * (mostlyLatin + 1) < 1) return await read([...others, ...main]);
  const again = (sheet: Raster) => engine.recognise(sheet, { ...options, languages: others }, signal);
  return withMarks(await rereadRuns(alone, raster, again));
}

function withMarks(paragraphs: readonly RecognisedParagraph[]): RecognisedParagraph[] {
  return paragraphs.map(({ lines }) => ({ lines: lines.map(withEastAsianMarks) }));
}

function shareOfEastAsian(paragraphs: readonly RecognisedParagraph[]): number {
  const words = wordsOf(paragraphs);
  const { eastAsian, latin } = countLetters(words.map(({ text }) => text).join(""));
  return eastAsian + latin === 0 ? 1 : eastAsian / (eastAsian + latin);
}
