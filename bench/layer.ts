// Writes the searchable PDFs of a corpus anew from results that exist, without recognising anything, and has them scored:
//   pnpm bench:layer --corpus DIR --results DIR --score DIR --out DIR [--category a,b] [--match REGEX]
// --results holds what bench:accuracy wrote. A minute instead of an hour for a change of the text layer. Only documents of one file.
import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { parseArgs } from "node:util";
import { writeSearchablePdf } from "@legible/ocr/render/pdf";
import type { Document } from "@legible/shared/document";
import type { MimeType } from "@legible/shared/file-type";

const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string" },
    results: { type: "string" },
    score: { type: "string" },
    out: { type: "string" },
    category: { type: "string" },
    match: { type: "string", default: "." },
  },
});
const { corpus, results, score, out } = flags;
if (corpus === undefined || results === undefined || score === undefined || out === undefined) {
  throw new Error("--corpus, --results, --score and --out are needed");
}
const wanted = new RegExp(flags.match, "u");
const categories = flags.category?.split(",") ?? (await readdir(results, { withFileTypes: true })).flatMap(folderName);
for (const category of categories) await writeCategory(category);
const scored = ["--corpus", corpus, "--results", out, "--outputs", "json,pdf", "--category", categories.join(",")];
const tables = [...scored, "--match", flags.match, "--json", join(out, "scores.json")];
execFileSync("node", [join(score, "score.mjs"), ...tables], { stdio: "inherit" });

async function writeCategory(category: string): Promise<void> {
  await mkdir(join(out ?? "", category), { recursive: true });
  for (const file of await readdir(join(corpus ?? "", category))) {
    if (!wanted.test(`${category}/${file}`)) continue;
    const base = join(category, parse(file).name);
    const text = await readFile(join(results ?? "", `${base}.json`), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const document = JSON.parse(text) as Document;
    // Truth files share the name up to its ending.
    if (document.source.files[0]?.name !== file) continue;
    await writeFile(join(out ?? "", `${base}.json`), text);
    await copyFile(join(results ?? "", `${base}.txt`), join(out ?? "", `${base}.txt`));
    await writeDocument(document, join(corpus ?? "", category, file), join(out ?? "", `${base}.pdf`));
  }
}

async function writeDocument(document: Document, source: string, path: string): Promise<void> {
  const folder = `${path}.work`;
  await mkdir(folder, { recursive: true });
  await copyFile(source, join(folder, "input.bin"));
  const pages = document.pages.map((_, index) => ({ name: `page-${index + 1}.json`, filePosition: 1, index }));
  for (const [index, { name }] of pages.entries()) {
    await writeFile(join(folder, name), JSON.stringify(document.pages[index]));
  }
  const files = document.source.files.map((file) => ({
    ...file,
    // What the server wrote is one of them.
    mimeType: file.mimeType as MimeType,
    name: "input.bin",
    displayName: file.name,
  }));
  const { taskId, createdAt } = document;
  await writeSearchablePdf({ kind: "assemble", taskId, createdAt, files, pages, languages: [] }, folder, path);
  await rm(folder, { recursive: true });
}

function folderName(entry: { isDirectory(): boolean; name: string }): string[] {
  return entry.isDirectory() && !entry.name.startsWith(".") ? [entry.name] : [];
}
