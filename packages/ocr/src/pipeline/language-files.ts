// Where language data lies: an administrator's `<language>.traineddata` first, then the registry packages of the installation.
// Nothing is ever fetched.
import { existsSync } from "node:fs";
import { open, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { languageSchema } from "@legible/shared/options";

/** Languages that come with the installation (docs/decisions/0009). */
const packagedLanguages = ["eng", "chi_tra", "chi_sim", "jpn", "kor", "deu", "fra", "spa", "ita", "por", "nld"];
/** Models for lines that run down. They are taken where a page has such lines; nobody chooses them. */
const packagedVertical = ["chi_tra_vert", "jpn_vert"];
const vertical = /_vert$/u;
/** The better model in its fast integer form; byte-identical results in any order of documents. */
export const packagedDataVersion = "4.0.0_best_int";
/** Largest language file believed, bytes: the largest of tesseract's own is 50 MB. */
const maxLanguageBytes = 200 * 1024 * 1024;
const suffix = ".traineddata";

/** Entries of a language file (tesseract 5 `TessdataType`): the table has room for 24; number 17 is the LSTM network. */
const tableEntries = 24;
const lstmEntry = 17;
const tableBytes = 4 + 8 * tableEntries;

const require = createRequire(import.meta.url);

/** Languages that a person can choose, sorted. */
export async function offeredLanguages(languagesDir: string | undefined): Promise<string[]> {
  return (await installedLanguages(languagesDir)).filter((language) => !vertical.test(language));
}

/** Languages and vertical models that can be recognised, sorted. Files that cannot be language data are left out. */
export async function installedLanguages(languagesDir: string | undefined): Promise<string[]> {
  const found = new Set<string>();
  for (const language of [...packagedLanguages, ...packagedVertical]) {
    if (packagedFile(language) !== undefined) found.add(language);
  }
  if (languagesDir !== undefined && existsSync(languagesDir)) {
    for (const name of await readdir(languagesDir)) {
      const language = name.slice(0, -suffix.length);
      if (!name.endsWith(suffix) || !languageSchema.safeParse(language).success || language === "osd") continue;
      if (await isPlausible(join(languagesDir, name))) found.add(language);
      else found.delete(language);
    }
  }
  return [...found].sort();
}

/**
 * The bytes of a language's data.
 * @throws Error when there is none, or when it cannot be language data.
 */
export async function readLanguage(language: string, languagesDir: string | undefined): Promise<Uint8Array> {
  const own = ownLanguageFile(language, languagesDir);
  if (own !== undefined) {
    if (!(await isPlausible(own))) throw new Error(`The data file of ${language} is damaged`);
    return readFile(own);
  }
  const packaged = packagedFile(language);
  if (packaged === undefined) throw new Error(`Language ${language} is not installed`);
  return promisify(gunzip)(await readFile(packaged), { maxOutputLength: maxLanguageBytes });
}

/** The administrator's file for a language, where there is one. */
export function ownLanguageFile(language: string, languagesDir: string | undefined): string | undefined {
  languageSchema.parse(language);
  const own = languagesDir === undefined ? undefined : join(languagesDir, language + suffix);
  return own !== undefined && existsSync(own) ? own : undefined;
}

function packagedFile(language: string): string | undefined {
  try {
    const manifest = require.resolve(`@tesseract.js-data/${language}/package.json`);
    const file = join(dirname(manifest), packagedDataVersion, `${language}${suffix}.gz`);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** True when the file's table of contents fits the file and names an LSTM network. A damaged file kills the engine's process. */
async function isPlausible(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const stat = await file.stat();
    const { size } = stat;
    if (!stat.isFile() || size > maxLanguageBytes) return false;
    const head = Buffer.alloc(tableBytes);
    const { bytesRead } = await file.read(head, 0, tableBytes, 0);
    const entries = bytesRead >= 4 ? head.readInt32LE(0) : 0;
    if (entries <= lstmEntry || entries > tableEntries || bytesRead < 4 + 8 * entries) return false;
    const offsets = Array.from({ length: entries }, (_, index) => Number(head.readBigInt64LE(4 + 8 * index)));
    const present = offsets.filter((offset) => offset !== -1);
    return offsets[lstmEntry] !== -1 && present.every((offset) => offset >= 4 + 8 * entries && offset < size);
  } finally {
    await file.close();
  }
}
