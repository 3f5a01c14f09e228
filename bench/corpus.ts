// The documents of a corpus: a folder for each kind with a MANIFEST.tsv that names file and language.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export type CorpusDocument = { category: string; file: string; languages: string[] };

/** Language codes of a manifest, and tesseract's names; Chinese and Japanese pages hold Latin letters and digits as well. */
const languagesOf: Record<string, string[]> = {
  "zh-TW": ["chi_tra", "eng"],
  zh: ["chi_tra", "eng"],
  "zh-CN": ["chi_sim", "eng"],
  ja: ["jpn", "eng"],
  ko: ["kor", "eng"],
  de: ["deu"],
  es: ["spa"],
  fr: ["fra"],
  it: ["ita"],
  nl: ["nld"],
  pt: ["por"],
};

/** Documents of the chosen kinds whose path matches; languages that do not come with the installation are read as English. */
export async function corpusDocuments(
  corpus: string,
  categories: string[] | undefined,
  match: RegExp,
): Promise<CorpusDocument[]> {
  const documents: CorpusDocument[] = [];
  for (const entry of await readdir(corpus, { withFileTypes: true })) {
    if (!entry.isDirectory() || (categories !== undefined && !categories.includes(entry.name))) continue;
    const manifest = await readFile(join(corpus, entry.name, "MANIFEST.tsv"), "utf8");
    const [header = "", ...rows] = manifest.trim().split("\n");
    const column = header.split("\t").indexOf("language");
    for (const row of rows) {
      const cells = row.split("\t");
      const file = cells[0] ?? "";
      const named = (cells[column] ?? "en").split(/[;,+ ]/u).flatMap((language) => languagesOf[language] ?? ["eng"]);
      const document = { category: entry.name, file, languages: [...new Set(named)] };
      if (match.test(`${entry.name}/${file}`)) documents.push(document);
    }
  }
  return documents;
}
