// A page in a script that nobody named reads as nonsense: somebody who forgot to choose a language is told which one it seems to be.
// What was asked for is still what was done; the suggestion is an offer.
import type { Engine, RecognisedParagraph } from "../engine/engine.ts";
import { wordsOf } from "../engine/words-of.ts";
import { meanConfidence } from "../page-tree.ts";
import type { Raster } from "../raster.ts";
import { detectLanguages } from "./detect-languages.ts";

/** A model of another script reads a page with 20 to 60, its own even from poor copies with more. */
const nonsense = 55;

/**
 * Languages that the page at `raster` is clearly in, when reading it in `named` made no sense; undefined otherwise.
 * Pages that were read well, and such whose languages were found out, cost nothing. @throws FailureError as the engine does
 */
export async function suggestLanguages(
  engine: Engine,
  {
    paragraphs,
    raster,
    named,
  }: { paragraphs: readonly RecognisedParagraph[]; raster: Raster; named: readonly string[] },
  signal: AbortSignal,
): Promise<string[] | undefined> {
  if ((meanConfidence(wordsOf(paragraphs)) ?? 100) >= nonsense) return undefined;
  const { languages, sure } = await detectLanguages(engine, raster, signal);
  const [first] = languages;
  return sure && first !== undefined && !named.includes(first) ? languages : undefined;
}
