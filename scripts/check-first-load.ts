// What a browser must fetch before a page of the web application shows: JavaScript, gzipped as it is sent. Fails over the limits.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";

/** The first page that somebody opens, whichever it is, with everything it needs, bytes. */
const firstLoadBytes = 250_000;
/** What one more page, or a part that is fetched by itself (charts, a language), adds, bytes. */
const partBytes = 120_000;

/** The languages of the page, as their files are called. */
const languages = ["en", "zh-tw"];

export interface Load {
  /** The file that is asked for, without the hash of its contents. */
  name: string;
  /** A page of its own, which may be the first that is opened. */
  page: boolean;
  /** What it adds to the entry, bytes of gzip; a page in the dearest language. */
  added: number;
  /** With the entry, bytes of gzip. */
  total: number;
}

/** What each part of the build in `folder` costs, the dearest first. Throws when the folder is no build. */
export function measureLoads(folder: string): Load[] {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const entries = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/gu)].map((match) => basename(match[1] ?? ""));
  if (entries.length === 0) throw new Error(`${folder}/index.html names no script: it is not a build.`);
  const assets = join(folder, "assets");
  const files = readdirSync(assets).filter((name) => name.endsWith(".js"));
  const texts = new Map(files.map((name) => [name, readFileSync(join(assets, name), "utf8")]));
  const sizes = new Map([...texts].map(([name, text]) => [name, gzipSync(text).length]));

  /** `names` and all that they import before they run. */
  const closure = (names: readonly string[]): Set<string> => {
    const found = new Set<string>();
    const visit = (name: string) => {
      if (found.has(name) || !texts.has(name)) return;
      found.add(name);
      for (const next of importsOf(texts.get(name) ?? "", "static")) visit(next);
    };
    for (const name of names) visit(name);
    return found;
  };
  const weigh = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);

  const entry = closure(entries);
  const parts = new Set(
    [...texts.values()].flatMap((text) => importsOf(text, "dynamic")).filter((name) => texts.has(name)),
  );
  const partsNamed = (names: readonly string[]) => [...parts].filter((name) => names.includes(stem(name)));
  // No page shows without the texts of a language: the dearest one counts. Pages of the administration stand in its frame; like the
  // settings they have texts of their own.
  const companions = (part: string, language: string) => [
    language,
    ...(part.startsWith("admin-") ? ["admin-frame", `${language}-admin`] : []),
    ...(part.startsWith("settings-") ? [`${language}-settings`] : []),
  ];
  const loads = [...parts].map((part): Load => {
    const page = /-page-/u.test(part);
    const weights = languages.map((language) => {
      const needed = closure([part, ...(page ? partsNamed(companions(part, language)) : [])]);
      return weigh([...needed].filter((name) => !entry.has(name)));
    });
    const added = Math.max(...weights);
    return { name: stem(part), page, added, total: weigh(entry) + added };
  });
  return [{ name: "entry", page: true, added: 0, total: weigh(entry) }, ...loads].sort((a, b) => b.total - a.total);
}

/** One sentence for each load over its limit. */
export function findHeavyLoads(loads: readonly Load[]): string[] {
  return loads.flatMap(({ name, page, added, total }) => [
    ...(page && total > firstLoadBytes
      ? [`${name}: opened first, ${total} bytes of JavaScript; at most ${firstLoadBytes}`]
      : []),
    ...(added > partBytes ? [`${name}: adds ${added} bytes of JavaScript; at most ${partBytes}`] : []),
  ]);
}

function importsOf(text: string, kind: "static" | "dynamic"): string[] {
  const pattern =
    kind === "static"
      ? /(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/gu
      : /\bimport\(\s*["'`]\.\/([^"'`]+\.js)["'`]/gu;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}

function stem(file: string): string {
  return file.replace(/-[\w-]{8}\.js$/u, "");
}

if (import.meta.main) {
  const loads = measureLoads(join(import.meta.dirname, "../apps/web/dist"));
  const complaints = findHeavyLoads(loads);
  if (process.argv.includes("--table")) {
    for (const { name, page, added, total } of loads)
      console.log(`${page ? "page" : "part"}\t${added}\t${total}\t${name}`);
  }
  for (const complaint of complaints) console.log(complaint);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
