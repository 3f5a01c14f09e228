// The languages of a page that nobody named: its most telling square is read with models of different scripts, and the one that finds
// text wins. The engine's own detection of scripts would need its old, larger core.
import type { Engine, RecognisedParagraph } from "../engine/engine.ts";
import { fitText } from "../fit-text.ts";
import { findEdges } from "../prepare/edges.ts";
import { sampleSquare } from "../prepare/sample-square.ts";
import type { Raster } from "../raster.ts";
import { latinLanguages } from "./latin-languages.ts";
import { isEastAsian } from "./scripts.ts";

export type Detected = {
  languages: string[];
  /** False when no model found text: the page may stand the wrong way up. */
  sure: boolean;
};

/** A model reads its own script with 85 and more, another one with 20 to 60. */
const readable = 75;
const doubtful = 55;
/** About two lines of letters; with fewer the others are asked as well. */
const enoughLetters = 30;
/** A Chinese character says as much as so many letters. */
const lettersOfCharacter = 2.5;
/** Share of kana in any Japanese text; Chinese has none. */
const kanaShare = 0.1;
/** Models asked one after another when neither Latin nor East Asian letters were found; more would cost more than they bring. */
const mostOthers = 6;

/** Languages whose letters the English model reads well enough to tell that they are Latin. */
const otherScripts =
  /^(ara|heb|yid|fas|urd|pus|snd|uig|syr|div|rus|ukr|bel|bul|mkd|srp|kaz|kir|mon|tgk|tat|ell|grc|hin|mar|nep|san|ben|asm|pan|guj|ori|tam|tel|kan|mal|sin|tha|lao|khm|mya|kat|hye|amh|tir|bod|dzo)$/u;

/** @throws FailureError as the engine does */
export async function detectLanguages(
  engine: Engine,
  page: { raster: Raster; dpi: number | undefined },
  signal: AbortSignal,
): Promise<Detected> {
  const installed = await engine.installed();
  const sample = await fitText(sampleSquare(page.raster, findEdges(page.raster)), ["eng"]);
  const read = async (language: string) =>
    judged(language, await engine.recognise(sample, { languages: [language], dpi: undefined }, signal));
  const models = installed.filter((language) => !language.endsWith("_vert"));
  const latin = models.includes("eng") ? await read("eng") : undefined;
  const asLatin = () => latinLanguages(latin?.text ?? "", models);
  if (latin !== undefined && latin.confidence >= readable && latin.letters >= enoughLetters) {
    return { languages: asLatin(), sure: true };
  }
  const best = strongest([
    ...(await readAll(models.filter(isEastAsian), read)),
    ...(latin === undefined ? [] : [latin]),
  ]);
  if (best !== undefined && best !== latin && best.confidence >= doubtful) {
    return { languages: withEnglish(best.language, models), sure: best.confidence >= readable };
  }
  const others = models.filter((language) => otherScripts.test(language)).slice(0, mostOthers);
  const other = strongest(await readAll(others, read));
  if (other !== undefined && other.confidence >= readable && other.strength > (best?.strength ?? 0)) {
    return { languages: withEnglish(other.language, models), sure: true };
  }
  return { languages: asLatin(), sure: (latin?.confidence ?? 0) >= doubtful && (latin?.letters ?? 0) >= enoughLetters };
}

type Judged = { language: string; text: string; letters: number; confidence: number; strength: number };

/** What a model found in letters of its own script: those of others are its guesses. */
function judged(language: string, paragraphs: readonly RecognisedParagraph[]): Judged {
  const own = scriptOf(language);
  const words = paragraphs.flatMap(({ lines }) => lines.flatMap((line) => line.words));
  let letters = 0;
  let certain = 0;
  let strength = 0;
  for (const { text, confidence } of words) {
    const count = text.match(own)?.length ?? 0;
    letters += count;
    certain += count * confidence;
    strength += count * (confidence / 100) ** 2;
  }
  const text = words.map((word) => word.text).join(" ");
  const kana = text.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const likely = language === "jpn" && kana < kanaShare * letters ? 0 : isEastAsian(language) ? lettersOfCharacter : 1;
  return { language, text, letters, confidence: letters === 0 ? 0 : certain / letters, strength: strength * likely };
}

function scriptOf(language: string): RegExp {
  if (language === "kor") return /\p{Script=Hangul}/gu;
  if (isEastAsian(language)) return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
  return otherScripts.test(language) ? /(?!\p{Script=Latin})\p{L}/gu : /\p{Script=Latin}/gu;
}

async function readAll(languages: readonly string[], read: (language: string) => Promise<Judged>): Promise<Judged[]> {
  const all: Judged[] = [];
  for (const language of languages) all.push(await read(language));
  return all;
}

function strongest(all: readonly Judged[]): Judged | undefined {
  return [...all].sort((a, b) => b.strength - a.strength)[0];
}

function withEnglish(language: string, models: readonly string[]): string[] {
  return models.includes("eng") ? [language, "eng"] : [language];
}
