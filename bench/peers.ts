// Other tools on the same corpus, run and scored by the scorer's own scripts.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What each peer can make, and the program it needs. */
const peers = [
  { name: "tesseract", program: "tesseract", outputs: "json,pdf,txt" },
  { name: "ocrmypdf-best", program: "ocrmypdf", outputs: "pdf,txt" },
];

/** Runs those peers that are installed on the chosen documents and prints their scores. Results stay below `out`; a second run goes on. */
export function scorePeers(scorer: string, { corpus, out }: { corpus: string; out: string }, choice: string[]): void {
  for (const { name, program, outputs } of peers) {
    if (spawnSync(program, ["--version"]).error !== undefined) {
      process.stdout.write(`\n${name}: not installed here\n`);
      continue;
    }
    const results = join(out, "peers", name);
    const run = ["--corpus", corpus, "--out", results, "--peer", name, ...choice];
    spawnSync("node", [join(scorer, "run-peers.mjs"), ...run], { stdio: ["ignore", "ignore", "inherit"] });
    const score = ["--corpus", corpus, "--results", results, "--outputs", outputs, ...choice];
    process.stdout.write(`\n${name}\n`);
    spawnSync("node", [join(scorer, "score.mjs"), ...score], { stdio: "inherit" });
  }
}
