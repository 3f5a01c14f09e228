// Ten A4 pages at 300 dpi, upload to finished PDF, beside `ocrmypdf -j 2` on the same file in the same run.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inNewFile, makeScans, scansToPdf } from "./scans.ts";
import { startServer } from "./server.ts";

const run = promisify(execFile);

/** Pairs of runs, so that a machine whose speed drifts is unfair to neither. */
const rounds = 3;

export async function benchTenPages(): Promise<string[]> {
  const pdf = await scansToPdf(await makeScans(10, 300), 300);
  const folder = await mkdtemp(join(tmpdir(), "legible-peer-"));
  const server = await startServer();
  try {
    await writeFile(join(folder, "in.pdf"), pdf);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const reading = await server.read([{ name: "ten.pdf", bytes: inNewFile(pdf, round) }]);
      if (reading.status !== "completed") throw new Error(`ten pages ended ${reading.status}`);
      ours.push(reading.wallMs);
      const peer = await peerMs(folder);
      if (peer !== undefined) theirs.push(peer);
    }
    const lines = [`ten pages: ${seconds(ours)} (upload to finished PDF, each round)`];
    if (theirs.length === 0) return [...lines, "ten pages: ocrmypdf is not installed here, so there is no ratio"];
    const ratios = ours.map((ms, index) => ms / (theirs[index] ?? Number.NaN)).sort((a, b) => a - b);
    lines.push(`ocrmypdf -j 2: ${seconds(theirs)}`);
    lines.push(
      `ratio, median of ${rounds} pairs: ${(ratios[Math.floor(rounds / 2)] ?? Number.NaN).toFixed(2)} (target ≤ 0.85)`,
    );
    return lines;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function peerMs(folder: string): Promise<number | undefined> {
  const began = performance.now();
  try {
    await run("ocrmypdf", ["-j", "2", "--output-type", "pdf", "-l", "eng", "in.pdf", "out.pdf"], { cwd: folder });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return performance.now() - began;
}

function seconds(times: number[]): string {
  return times.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(", ");
}
