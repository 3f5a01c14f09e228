// Reads a corpus with ground truth through the sandbox, as the worker does, and has it scored:
//   pnpm bench:accuracy --corpus DIR --score DIR --out DIR [--category a,b] [--match REGEX] [--engine-confidence]
//     [--history NAME] [--peers]
// DIR of --score holds score.mjs, which prints the tables. Results lie in --out for a look. --history keeps a table of them in
// bench/history; --peers reads the same documents with other tools, where they are installed.
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { parseArgs } from "node:util";
import { openSandboxPool } from "@legible/ocr/sandbox/pool";
import type { SandboxChild } from "@legible/ocr/sandbox/sandbox-child";
import { FailureError } from "@legible/shared/failures";
import { sniffMimeType } from "@legible/shared/file-type";
import { defaultLimits } from "@legible/shared/limits";
import { corpusDocuments } from "./corpus.ts";
import { type Scores, writeHistory } from "./history.ts";
import { scorePeers } from "./peers.ts";

const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string" },
    score: { type: "string" },
    out: { type: "string" },
    category: { type: "string" },
    match: { type: "string", default: "." },
    "engine-confidence": { type: "boolean", default: false },
    history: { type: "string" },
    peers: { type: "boolean", default: false },
  },
});
const { corpus, score, out } = flags;
if (corpus === undefined || score === undefined || out === undefined) {
  throw new Error("Name the folders: --corpus DIR --score DIR --out DIR.");
}
const results = out;
const never = new AbortController().signal;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

const documents = await corpusDocuments(corpus, flags.category?.split(","), new RegExp(flags.match, "u"));
const pool = await openSandboxPool({ size: 2, workRoot: join(results, ".work"), log: quiet });
const waiting = [...documents];
const timings: string[] = [];
try {
  await Promise.all([0, 1].map(work));
} finally {
  await pool.close();
}
await writeFile(join(results, "times.tsv"), timings.join(""));
const scored = spawnSync(
  "node",
  [join(score, "score.mjs"), "--corpus", corpus, "--results", results, "--json", join(results, "scores.json")],
  { encoding: "utf8" },
);
process.stdout.write(scored.stdout + scored.stderr);
if (flags.history !== undefined) {
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).stdout.trim();
  const date = new Date().toISOString().slice(0, 10);
  const scores = JSON.parse(await readFile(join(results, "scores.json"), "utf8")) as Scores;
  console.log(await writeHistory(scores, { name: flags.history, date, commit }));
}
if (flags.peers) {
  const category = flags.category === undefined ? [] : ["--category", flags.category];
  scorePeers(score, { corpus, out: results }, [...category, "--match", flags.match]);
}

async function work(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { category, file, languages } = next;
    const began = performance.now();
    const outcome = await readDocument(category, file, languages).catch((error: unknown) =>
      error instanceof FailureError ? error.code : String(error),
    );
    timings.push(`${category}/${file}\t${outcome}\t${Math.round(performance.now() - began)}\n`);
  }
}

async function readDocument(category: string, file: string, languages: string[]): Promise<string> {
  const path = join(corpus ?? "", category, file);
  const head = (await readFile(path)).subarray(0, 1024);
  const mimeType = sniffMimeType(head);
  if (mimeType === undefined) return "UNSUPPORTED_TYPE";
  const { size } = await stat(path);
  const input = { name: "input.bin", mimeType };
  const base = join(results, category, file.slice(0, -extname(file).length));
  await mkdir(join(results, category), { recursive: true });
  return await pool.use(
    async (child: SandboxChild) => {
      await copyFile(path, join(child.folder, input.name));
      const limits = { maxPages: defaultLimits.pagesPerTask, maxPixels: defaultLimits.imagePixels };
      const plan = await child.inspect(
        { kind: "inspect", file: input, mode: "auto", ...limits },
        { signal: never, timeoutMs: 20_000 },
      );
      const pages: { name: string; filePosition: number; index: number }[] = [];
      for (const { index, decision } of plan.pages) {
        const { page } = await child.readPage(
          {
            kind: "readPage",
            file: input,
            index,
            number: index + 1,
            decision,
            languages,
            mode: "auto",
            rotate: true,
            deskew: true,
            maxPixels: limits.maxPixels,
            engineConfidence: flags["engine-confidence"],
          },
          { signal: never, timeoutMs: 120_000 },
        );
        const name = `page-${index + 1}.json`;
        await writeFile(join(child.folder, name), JSON.stringify(page));
        pages.push({ name, filePosition: 1, index });
      }
      const files = [{ ...input, displayName: file, size, sha256: "" }];
      const request = {
        kind: "assemble" as const,
        taskId: file,
        createdAt: new Date(0).toISOString(),
        files,
        pages,
        languages,
      };
      const answer = await child.assemble(request, { signal: never, timeoutMs: 120_000 });
      await copyFile(join(child.folder, answer.json), `${base}.json`);
      await copyFile(join(child.folder, answer.markdown), `${base}.md`);
      await copyFile(join(child.folder, answer.pdf), `${base}.pdf`);
      const { text } = JSON.parse(await readFile(`${base}.json`, "utf8")) as { text: string };
      await writeFile(`${base}.txt`, text);
      return "completed";
    },
    { signal: never, prefer: file },
  );
}
