// The worker beside an API of a suite, with a reader that can be stopped at any stage of a task and let go again.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Tx } from "@legible/db/scopes";
import type { SandboxPool } from "@legible/ocr/sandbox/pool";
import type { SandboxChild } from "@legible/ocr/sandbox/sandbox-child";
import { wordPage } from "@legible/ocr/testing/word-page";
import { startWorker, type Worker } from "@legible/ocr/work/worker";
import type { TestApi } from "../api.ts";

/** In the order in which a task of two pages comes to them. */
export const stages = [
  "a file is opened",
  "pages are decided, not written",
  "page 1 is read",
  "page 1 is stored, not written",
  "page 2 is read",
  "page 2 is stored, not written",
  "results are made",
  "results are stored, not written",
] as const;
export type Stage = (typeof stages)[number];

export type GatedWorker = {
  worker: Worker;
  /** Stops the next task at `stage`, once. `reached` resolves when somebody stands there, and `go` lets go. */
  stopAt(stage: Stage): { reached: Promise<void>; go(): void };
};

/** Scopes that write what was found out, and the stages before them: one for each time. */
const writes: Record<string, readonly Stage[]> = {
  "write the plan": ["pages are decided, not written"],
  "keep page": ["page 1 is stored, not written", "page 2 is stored, not written"],
  complete: ["results are stored, not written"],
};

type Gate = { stage: Stage; reached(): void; opened: Promise<void>; kept: number };

/** Starts it; every document has two pages. */
export async function startGatedWorker(api: TestApi): Promise<GatedWorker> {
  let gate: Gate | undefined;
  const pass = async (stage: Stage, signal?: AbortSignal) => {
    if (gate?.stage !== stage) return;
    const { reached, opened } = gate;
    gate = undefined;
    reached();
    // A child that is killed answers at once.
    const killed = new Promise<never>((_resolve, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true }),
    );
    await Promise.race([opened, killed]);
  };
  const child: SandboxChild = {
    folder: api.folder,
    started: async () => undefined,
    async inspect(_request, { signal }) {
      await pass("a file is opened", signal);
      return { pages: [0, 1].map((index) => ({ index, decision: "ocr", reason: { code: "IMAGE", params: {} } })) };
    },
    look: async ({ index }) => ({ pixels: String(index).padStart(64, "0") }),
    preview: () => Promise.reject(new Error("Nobody looks.")),
    warm: async () => ({}),
    async readPage({ number }, { signal }) {
      await pass(number === 1 ? "page 1 is read" : "page 2 is read", signal);
      return { page: wordPage(number), languages: ["eng"], engineMs: 1 };
    },
    async assemble(_request, { signal }) {
      await pass("results are made", signal);
      const names = { json: "r.json", markdown: "r.md", pdf: "r.pdf", txt: "r.txt", hocr: "r.hocr", alto: "r.xml" };
      for (const name of Object.values(names)) await writeFile(join(api.folder, name), name);
      return { ...names, zip: null, confidence: 90, notes: [] };
    },
  };
  const sandbox: SandboxPool = {
    use: (work) => work(child),
    warm: async () => undefined,
    languages: async () => ["eng"],
    pids: () => [],
    close: async () => undefined,
  };
  const { database } = api;
  const asSystem = async <T>(reason: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const [first, second] = writes[reason] ?? [];
    const stage = second !== undefined && gate !== undefined && gate.kept++ > 0 ? second : first;
    if (stage !== undefined) await pass(stage);
    return database.asSystem(reason, work);
  };
  const worker = await startWorker({ ...api.deps, database: { ...database, asSystem }, sandbox, concurrency: 1 });
  return {
    worker,
    stopAt(stage) {
      const { promise: reached, resolve: nowReached } = Promise.withResolvers<void>();
      const { promise: opened, resolve: go } = Promise.withResolvers<void>();
      gate = { stage, reached: nowReached, opened, kept: 0 };
      return { reached, go };
    },
  };
}
