// A task in a real database and real storage, and a sandbox whose children answer what a test wants.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planJob } from "@legible/db/jobs";
import { fairPriority } from "@legible/db/task/fair-priority";
import { silentLog, type TestDatabase, testDatabase } from "@legible/db/testing";
import type { Page } from "@legible/shared/document";
import { defaultLimits } from "@legible/shared/limits";
import { openDiskStorage } from "@legible/storage/disk";
import { uploadKey } from "@legible/storage/keys";
import type { SandboxPool } from "../src/sandbox/pool.ts";
import type { AssembleRequest, ReadPageRequest } from "../src/sandbox/protocol.ts";
import type { ChildCall, SandboxChild } from "../src/sandbox/sandbox-child.ts";
import type { WorkDeps } from "../src/work/deps.ts";
import { createPasswords } from "../src/work/passwords.ts";

export type Stub = {
  /** What the page `index` looks like; unlike any other when it is not said. */
  looks?(index: number): string;
  inspect(): Awaited<ReturnType<SandboxChild["inspect"]>>;
  readPage(request: ReadPageRequest, call: ChildCall): Promise<Page>;
};

export type Bench = WorkDeps & {
  database: TestDatabase;
  /** Numbers of the pages that were read and the files they were read from, in order, and what was assembled. */
  reads: number[];
  files: string[];
  assembled: AssembleRequest[];
  /** Indexes of the pages that were drawn. */
  previewed: number[];
  /** A task in `processing` with one uploaded file, and its plan job. */
  startTask(options?: { pages?: string; userId?: number; bytes?: string }): Promise<{ id: number; taskId: string }>;
  close(): Promise<void>;
};

/** Everything the worker needs, with `stub` for the sandbox. */
export async function workBench(stub: Stub): Promise<Bench> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), "legible-work-"));
  const storage = await openDiskStorage(join(folder, "files"));
  const reads: number[] = [];
  const files: string[] = [];
  const previewed: number[] = [];
  const assembled: AssembleRequest[] = [];
  const child: SandboxChild = {
    folder,
    started: async () => undefined,
    inspect: async () => stub.inspect(),
    look: async ({ index }) => ({ pixels: stub.looks?.(index) ?? String(index).padStart(64, "0") }),
    async preview({ index }) {
      previewed.push(index);
      for (const name of ["full.jpg", "small.jpg"]) await writeFile(join(folder, name), name);
      return { full: "full.jpg", thumbnail: "small.jpg" };
    },
    warm: async () => ({}),
    async readPage(request, call) {
      reads.push(request.number);
      files.push(request.file.name);
      return { page: await stub.readPage(request, call), languages: request.languages, engineMs: 1 };
    },
    async assemble(request) {
      assembled.push(request);
      const answer = {
        json: "a.json",
        markdown: "a.md",
        pdf: "a.pdf",
        txt: "a.txt",
        hocr: "a.hocr",
        alto: "a.xml",
        zip: "a.zip",
      };
      for (const name of Object.values(answer)) await writeFile(join(folder, name), name);
      return { ...answer, confidence: 90, notes: ["SOURCE_SIGNED"] };
    },
  };
  const sandbox: SandboxPool = {
    use: (work) => work(child),
    warm: async () => undefined,
    languages: async () => ["eng"],
    pids: () => [],
    close: async () => undefined,
  };
  return {
    database,
    storage,
    sandbox,
    limits: { ...defaultLimits, pagesPerTask: 50 },
    passwords: createPasswords(),
    log: silentLog,
    reads,
    files,
    assembled,
    previewed,
    async startTask({ pages, userId = undefined, bytes = randomUUID() } = {}) {
      const owner = userId ?? (await database.createUser()).id;
      const taskId = randomUUID();
      const key = uploadKey(taskId, 1, randomUUID());
      const stored = await storage.put(key, oneChunk(Buffer.from(bytes)));
      const row = await database.asSystem("test", async (tx) => {
        const priority = await fairPriority(tx, owner);
        const task = await tx.task.create({
          data: {
            userId: owner,
            taskId,
            filename: "scan.pdf",
            status: "processing",
            startedAt: new Date(),
            options: {
              languages: ["eng"],
              mode: "auto",
              rotate: true,
              deskew: true,
              pdfa: false,
              ...(pages ? { pages } : {}),
            },
            files: {
              create: {
                position: 1,
                originalName: "scan.pdf",
                storedPath: key,
                fileSize: stored.size,
                mimeType: "application/pdf",
                fileHash: stored.sha256,
              },
            },
          },
        });
        await database.queue.send(tx, planJob, { task: task.id, attempt: 1 }, { userId: owner, priority });
        return task;
      });
      return { id: row.id, taskId };
    },
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
