// Fits the weights of word-confidence.ts anew, and says how well they hold:
//   pnpm bench:accuracy --engine-confidence --corpus DIR --score DIR --out RESULTS
//   node bench/calibration.ts --corpus DIR --score DIR --results RESULTS
// Words are right or wrong as the scorer says. Figures are of documents that took no part in their fit: halves judge each other.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { evidenceOf, recognisedWords, type WordEvidence } from "@legible/ocr/pipeline/word-confidence";
import { documentSchema, type Page } from "@legible/shared/document";
import { chanceOf, fitLogistic, type Observation } from "./logistic.ts";

/** A longer document counts as so many words, so that what holds for a few does not decide for all. */
const mostWords = 300;
/**
 * Taken from the logarithm of the odds. The fitted curve is 6 to 8 points too high between 75 and 90, where it matters most: what is
 * marked 85 has to be right.
 */
const caution = 0.5;

type ScoredDocument = {
  category: string;
  file: string;
  base: string;
  repeat: number;
  /** The truth stands on the page more than once: what is left over is not wrong. */
  contained: boolean;
  truth: { txt?: string | null; md?: string | null };
};
type Judged = { confidence: number; wrong: boolean };
type JudgedWord = WordEvidence & Observation & { category: string; half: number };

const { values: flags } = parseArgs({
  options: { corpus: { type: "string" }, score: { type: "string" }, results: { type: "string" } },
});
const { corpus, score, results } = flags;
if (corpus === undefined || score === undefined || results === undefined) {
  throw new Error("Name the folders: --corpus DIR --score DIR --results DIR.");
}
const scorer = (name: string) => import(resolve(score, "lib", name));
const { readCorpus }: { readCorpus(root: string): ScoredDocument[] } = await scorer("corpus.mjs");
const { plainText }: { plainText(markdown: string): string } = await scorer("markdown.mjs");
const {
  auc,
  judgeWords,
}: {
  auc(words: Judged[]): number | null;
  judgeWords(truth: string, words: { text: string; confidence: number }[], document: ScoredDocument): Judged[];
} = await scorer("json-words.mjs");

const words: JudgedWord[] = [];
for (const [index, document] of readCorpus(corpus).entries()) {
  const path = join(results, document.category, `${document.base}.json`);
  if (document.contained || !existsSync(path)) continue;
  const truth = await truthOf(document);
  const { pages } = documentSchema.parse(JSON.parse(await readFile(path, "utf8")));
  if (truth === undefined) continue;
  const judged = judge(document, truth, pages);
  const counts = Math.min(1, mostWords / judged.length);
  words.push(
    ...judged.map((word) => ({
      ...word,
      figures: evidenceOf(word),
      counts,
      category: document.category,
      half: index % 2,
    })),
  );
}
report(
  "engine",
  words.map((word) => word.word),
);
report("fitted", crossValidated());
console.log(
  `weights: [${fitted(words)
    .map((weight) => weight.toFixed(3))
    .join(", ")}]`,
);

async function truthOf({ truth, repeat }: ScoredDocument): Promise<string | undefined> {
  const path = truth.txt ?? truth.md;
  if (path === undefined || path === null) return undefined;
  const text = await readFile(path, "utf8");
  return Array.from({ length: repeat }, () => (path === truth.txt ? text : plainText(text))).join("\n");
}

/** The recognised words of the document, each right or wrong. Kept text is judged along, as it takes its part of the truth. */
function judge(document: ScoredDocument, truth: string, pages: readonly Page[]): (WordEvidence & { right: boolean })[] {
  const recognised = new Map(
    pages.flatMap((page) => {
      const evidence = recognisedWords(page).values();
      const read = page.blocks.filter((block) => page.source === "ocr" || block.source === "ocr");
      return read
        .flatMap((block) => block.lines.flatMap((line) => line.words))
        .map((word) => [word.id, evidence.next().value]);
    }),
  );
  const units = unitsOf(pages);
  const judged = judgeWords(
    truth,
    units.map(({ text }, index) => ({ text, confidence: index })),
    document,
  );
  return judged.flatMap(({ confidence, wrong }) =>
    (units[confidence]?.ids ?? []).flatMap((id) => {
      const evidence = recognised.get(id);
      return evidence === undefined ? [] : [{ ...evidence, right: !wrong }];
    }),
  );
}

/** Words as the scorer takes them: the halves of one divided at the end of a line are one word, as they are in its texts. */
function unitsOf(pages: readonly Page[]): { text: string; ids: string[] }[] {
  const units: { text: string; ids: string[]; divided: boolean }[] = [];
  for (const line of pages.flatMap((page) => page.blocks.flatMap((block) => block.lines))) {
    for (const [index, { text, id }] of line.words.entries()) {
      const last = units.at(-1);
      const divided = index === line.words.length - 1 && /\p{Ll}[-\u2010]$/u.test(text);
      if (last?.divided === true && /^\p{Ll}/u.test(text)) {
        last.text = last.text.slice(0, -1) + text;
        last.ids.push(id);
        last.divided = divided;
      } else units.push({ text, ids: [id], divided });
    }
  }
  return units;
}

function fitted(chosen: readonly JudgedWord[]): number[] {
  const [first = 0, ...others] = fitLogistic(chosen);
  return [first - caution, ...others];
}

/** Percent for each word, from a fit on the documents of the other half. */
function crossValidated(): number[] {
  const weights = [0, 1].map((half) => fitted(words.filter((word) => word.half !== half)));
  return words.map(({ figures, half }) => 100 * chanceOf(figures, weights[half] ?? []));
}

function report(name: string, confidences: readonly number[]): void {
  const all = words.map((word, index) => ({ ...word, confidence: confidences[index] ?? 0 }));
  const line = (label: string, part: typeof all) => {
    const sure = part.filter((word) => word.confidence >= 85);
    const ranked = auc(part.map(({ confidence, right }) => ({ confidence, wrong: !right })));
    const cells = [
      `${part.length}`,
      percent(sure.length, part.length),
      wrongShare(sure),
      wrongShare(part),
      ranked?.toFixed(3),
    ];
    console.log([label.padEnd(18), ...cells.map((cell) => (cell ?? "–").padStart(10))].join(""));
  };
  console.log(`${name.padEnd(18)}     words      ≥ 85  wrong≥85     wrong       AUC`);
  for (const [category, part] of Map.groupBy(all, (word) => word.category)) line(category, part);
  line("all", all);
  for (const low of [0, 10, 20, 30, 40, 50, 60, 65, 70, 75, 80, 85, 90, 92, 94, 96, 98]) {
    const high = [10, 20, 30, 40, 50, 60, 65, 70, 75, 80, 85, 90, 92, 94, 96, 98, 101].find((end) => end > low) ?? 101;
    const bin = all.filter(({ confidence }) => confidence >= low && confidence < high);
    const mean = bin.reduce((sum, { confidence }) => sum + confidence, 0) / bin.length;
    if (bin.length > 0)
      console.log(`  ${low}–${high}`.padEnd(18), bin.length, `said ${mean.toFixed(1)}`, `wrong ${wrongShare(bin)}`);
  }
}

function wrongShare(part: readonly JudgedWord[]): string {
  return percent(part.filter(({ right }) => !right).length, part.length);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(2)} %`;
}
