// Many small pages, one document after another: does the server's memory stay flat, and are its children replaced?
// `pnpm test:soak [--pages N] [--real N]`. Prints its figures; ends with 1 when memory grew.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endServer, scriptedMain, sendUpload, startRealServer, untilSettled } from "../real-server.ts";
import { textPdf } from "../text-pdf.ts";
import { childrenOf } from "./kill.ts";
import { scripted } from "./scripted-document.ts";

/** Pages of one document. */
const pagesEach = 50;
/**
 * The last quarter may hold so much more than the second; in the first one the server is still filling its heap, which takes about a
 * thousand pages of the real reader: fewer in a quarter say nothing.
 */
const growth = 1.1;
const sampleMs = 200;

type Figures = {
  pages: number;
  /** Mean resident memory of the server itself in each quarter of the documents, MB. */
  quartersMb: number[];
  /** Last quarter by second quarter. */
  growth: number;
  /** Processes that read, one after another. */
  children: number;
};

/** Resident memory of one process, bytes, by /proc. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/mu.exec(status)?.[1]) * 1024;
}

async function soak(
  pages: number,
  entry: string | undefined,
  makeBytes: (first: number) => Uint8Array,
): Promise<Figures> {
  const dataDir = await mkdtemp(join(tmpdir(), "legible-soak-"));
  const server = await startRealServer(dataDir, { OCR_CONCURRENCY: "2" }, entry);
  const pid = server.child.pid ?? 0;
  const children = new Set<number>();
  const byDocument: number[][] = [];
  let ended = false;
  const sampling = (async () => {
    while (!ended) {
      byDocument.at(-1)?.push(await residentBytes(pid));
      for (const child of childrenOf(pid)) children.add(child);
      await new Promise((resolve) => setTimeout(resolve, sampleMs));
    }
  })();
  try {
    for (let first = 1; first <= pages; first += pagesEach) {
      byDocument.push([]);
      const options = { languages: ["eng"], mode: "force" };
      const taskId = await sendUpload(server, { name: "soak.pdf", bytes: makeBytes(first), options });
      const task = await untilSettled(server, taskId);
      if (task.status !== "completed" || task.pagesFailed > 0)
        throw new Error(`A document ended ${JSON.stringify(task)}`);
    }
  } finally {
    ended = true;
    await sampling;
    await endServer(server, "SIGTERM");
    await rm(dataDir, { recursive: true, force: true });
  }
  const each = byDocument.length / 4;
  const quartersMb = [0, 1, 2, 3].map((quarter) => {
    const samples = byDocument.slice(Math.floor(quarter * each), Math.floor((quarter + 1) * each)).flat();
    return Math.round(samples.reduce((sum, bytes) => sum + bytes, 0) / samples.length / 1e5) / 10;
  });
  const ratio = (quartersMb[3] ?? Number.NaN) / (quartersMb[1] ?? Number.NaN);
  return { pages, quartersMb, growth: Math.round(ratio * 1_000) / 1_000, children: children.size };
}

const { values } = parseArgs({
  options: { pages: { type: "string", default: "2000" }, real: { type: "string", default: "4000" } },
});
const numbers = (first: number) => Array.from({ length: pagesEach }, (_, index) => first + index);
const runs: [string, () => Promise<Figures>][] = [
  [
    "scripted reader",
    () => soak(Number(values.pages), scriptedMain, () => scripted({ pages: numbers(1).map(() => "read") })),
  ],
  [
    "real reader",
    () =>
      soak(Number(values.real), undefined, (first) =>
        textPdf(numbers(first).map((number) => `Sheet ${number} of the soak`)),
      ),
  ],
];
for (const [name, run] of runs) {
  const figures = await run();
  console.log(name, figures);
  // A growth that is no number is no proof.
  if (!(figures.growth <= growth)) process.exitCode = 1;
}
