// The languages of a page that nobody named: its most telling square is read with models of different scripts, and the one that finds
// text wins. The engine's own detection of scripts would need its old, larger core.
import type { Engine, RecognisedParagraph } from "../engine/engine.ts";
import { wordsOf } from "../engine/words-of.ts";
import { fitText } from "../fit-text.ts";
import { findEdges } from "../prepare/edges.ts";
import { sampleSquare } from "../prepare/sample-square.ts";
import type { Raster } from "../raster.ts";
import { latinLanguages } from "./latin-languages.ts";
import { isEastAsian } from "./scripts.ts";

export type Detected = {
  languages: string[];
  /** Mean confidence of the letters that speak for them, 0–100. */
  confidence: number;
  /** False when no model found clear text: the page may stand the wrong way up. */
  sure: boolean;
};

/** A model reads its own script with 85 and more, another one with 20 to 60. */
const readable = 75;
const doubtful = 55;
/** About two lines of letters; with fewer the others are asked as well. */
const enoughLetters = 30;
/** Less is no text. */
const fewLetters = 12;
/** Models for the same letters find about the same number of them: the wrong one is less sure of each. */
const aboutAsMuch = 0.6;
/** A Chinese character says as much as so many letters. */
const lettersOfCharacter = 2.5;
/** Share of kana in any Japanese text; Chinese has none. */
const kanaShare = 0.1;
/** Models asked one after another when neither Latin nor East Asian letters were found; more would cost more than they bring. */
const mostOthers = 6;

/** Languages whose letters the English model reads well enough to tell that they are Latin. */
const otherScripts =
  /^(ara|heb|yid|fas|urd|pus|snd|uig|syr|div|rus|ukr|bel|bul|mkd|srp|kaz|kir|mon|tgk|tat|ell|grc|hin|mar|nep|san|ben|asm|pan|guj|ori|tam|tel|kan|mal|sin|tha|lao|khm|mya|kat|hye|amh|tir|bod|dzo)$/u;

/** The square with the most ink may hold a seal or a picture: then the whole page is asked. @throws FailureError as the engine does */
export async function detectLanguages(engine: Engine, page: Raster, signal: AbortSignal): Promise<Detected> {
  const sample = sampleSquare(page, findEdges(page));
  const detected = await detectIn(engine, sample, signal);
  return detected.letters >= fewLetters || sample === page ? detected : await detectIn(engine, page, signal);
}

async function detectIn(engine: Engine, sample: Raster, signal: AbortSignal): Promise<Detected & { letters: number }> {
  const installed = await engine.installed();
  const read = async (language: string) => {
    const fitted = await fitText(sample, [language]);
    return judged(language, await engine.recognise(fitted, { languages: [language], dpi: undefined }, signal));
  };
  const models = installed.filter((language) => !language.endsWith("_vert"));
  const latin = models.includes("eng") ? await read("eng") : undefined;
  const found = ({ letters, confidence }: Judged, languages: string[], sure: boolean) => ({
    languages,
    confidence,
    letters,
    sure,
  });
  const asLatin = () => latinLanguages(latin?.text ?? "", models);
  if (latin !== undefined && latin.confidence >= readable && latin.letters >= enoughLetters) {
    return found(latin, asLatin(), true);
  }
  const eastAsian = clearest(await readAll(models.filter(isEastAsian), read));
  if (eastAsian !== undefined && eastAsian.confidence >= doubtful && eastAsian.strength > (latin?.strength ?? 0)) {
    return found(eastAsian, withEnglish(eastAsian.language, models), eastAsian.confidence >= readable);
  }
  const others = models.filter((language) => otherScripts.test(language)).slice(0, mostOthers);
  const other = clearest(await readAll(others, read));
  if (other !== undefined && other.confidence >= readable && other.strength > (latin?.strength ?? 0)) {
    return found(other, withEnglish(other.language, models), true);
  }
  const best = latin ?? eastAsian ?? other;
  if (best === undefined) return { languages: models.slice(0, 1), confidence: 0, letters: 0, sure: false };
  return found(best, asLatin(), best.confidence >= doubtful && best.letters >= enoughLetters);
}

type Judged = { language: string; text: string; letters: number; confidence: number; strength: number };

/** What a model found in letters of its own script: those of others are its guesses. */
function judged(language: string, paragraphs: readonly RecognisedParagraph[]): Judged {
  const own = scriptOf(language);
  const words = wordsOf(paragraphs);
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

/** The model that is surest of each letter, among those that found about as much as any. */
function clearest(all: readonly Judged[]): Judged | undefined {
  const most = Math.max(0, ...all.map(({ strength }) => strength));
  const clear = ({ strength, letters }: Judged) => (letters === 0 ? 0 : strength / letters);
  return all.filter(({ strength }) => strength >= aboutAsMuch * most).sort((a, b) => clear(b) - clear(a))[0];
}

function withEnglish(language: string, models: readonly string[]): string[] {
  return models.includes("eng") ? [language, "eng"] : [language];
}
