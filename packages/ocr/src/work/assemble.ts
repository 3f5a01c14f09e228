// The last job of a task: all pages become the results, written aside under this run's own lease; one
// transaction then completes the task with their keys. A run that lost its lease leaves files that nobody refers to, and
// removes them.
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAudit } from "@legible/db/audit";
import type { Tx } from "@legible/db/scopes";
import { claimTask, holdTask, returnTask } from "@legible/db/task/lease";
import { moveTask } from "@legible/db/task/move";
import { type Failure, FailureError } from "@legible/shared/failures";
import type { ResultFormat } from "@legible/shared/result-format";
import { resultKey } from "@legible/storage/keys";
import type { Storage } from "@legible/storage/storage";
import type { AssembleAnswer } from "../sandbox/protocol.ts";
import type { SandboxChild } from "../sandbox/sandbox-child.ts";
import type { WorkDeps } from "./deps.ts";
import { dropResults } from "./drop-results.ts";
import { elapsedMs } from "./elapsed-ms.ts";
import { failTask } from "./fail-task.ts";
import { failedPage } from "./failed-page.ts";
import { inputFile, LostObject, placeObject, placeSource } from "./inputs.ts";
import { languagesRead } from "./languages-read.ts";
import { loadTask, type TaskToRead } from "./load-task.ts";
import { LostPages, readLostPages } from "./lost-pages.ts";
import { whenAvailable } from "./when-available.ts";

/** Fixed part and part for each page of the time that assembling may take, ms: pdf-lib needs about 20 ms for a scanned page. */
const baseTimeoutMs = 60_000;
const pageTimeoutMs = 1_000;
/** Up to so many pages a warm child assembles; more want the memory that a warm engine holds. */
const warmPages = 20;
/** Tries before the task is given up: the second runs in a fresh process. */
const maxTries = 2;

export type PageRow = {
  number: number;
  filePosition: number;
  pageIndex: number;
  status: string;
  width: number | null;
  height: number | null;
  dpi: number | null;
  languages: string[];
  resultPath: string | null;
  resultHash: string | null;
  errorCode: string | null;
};
/** Those that the task's row names. The others lie beside them under names of their own (`resultBeside`). */
type ResultKeys = { json: string; markdown: string; pdf: string };
export type Built = { keys: ResultKeys } & Pick<AssembleAnswer, "confidence" | "notes">;

/** Assembles the results of a task whose pages are all settled; does nothing when another worker holds it. */
export async function assembleResults(
  deps: WorkDeps,
  payload: { task: number; attempt: number },
  signal: AbortSignal,
): Promise<void> {
  const lease = randomUUID();
  const claim = async (tx: Tx) => {
    const task = await loadTask(tx, payload.task, payload.attempt);
    if (task === undefined) return;
    const pages: PageRow[] = await tx.taskPage.findMany({ where: { taskId: task.id }, orderBy: { number: "asc" } });
    if (pages.length === 0 || pages.some((page) => page.status !== "done" && page.status !== "failed")) return;
    const { leaseMs, timeoutMs } = assemblyLimits(pages.length);
    return (await claimTask(tx, { ...payload, leaseMs, lease })) === undefined ? undefined : { task, pages, timeoutMs };
  };
  const claimed = await whenAvailable(deps.log, () => deps.database.asSystem("assemble", claim), signal);
  if (claimed === undefined) return;
  const { task, pages, timeoutMs } = claimed;
  const failed = pages.find((page) => page.status === "failed");
  if (failed !== undefined && pages.every((page) => page.status === "failed")) {
    const failure = { code: failureCode(failed), page: failed.number, lease };
    await whenAvailable(deps.log, () => failTask(deps, task, failure), signal);
    return;
  }
  try {
    const built = await buildWithRetry(deps, task, pages, lease, { signal, timeoutMs });
    await complete(deps, task, lease, built, signal);
  } catch (error) {
    await dropResults(deps, task, lease);
    if (error instanceof LostPages && (await readLostPages(deps, task, lease, error))) return;
    if (error instanceof FailureError) {
      await whenAvailable(deps.log, () => failTask(deps, task, { code: error.code, lease }), signal);
      return;
    }
    const handBack = () => deps.database.asSystem("hand assembly back", (tx) => returnTask(tx, { ...payload, lease }));
    await whenAvailable(deps.log, handBack, signal);
    throw error;
  }
}

/** How long one try may take for a document of `pages` pages, and how long the lease over all tries; ms. */
export function assemblyLimits(pages: number): { timeoutMs: number; leaseMs: number } {
  const timeoutMs = baseTimeoutMs + pages * pageTimeoutMs;
  return { timeoutMs, leaseMs: timeoutMs * maxTries + baseTimeoutMs };
}

/** Builds the results under `lease`; a second time, in a fresh process, when the first one fails. @throws FailureError */
export async function buildWithRetry(
  deps: WorkDeps,
  task: TaskToRead,
  pages: PageRow[],
  lease: string,
  limits: { signal: AbortSignal; timeoutMs: number },
): Promise<Built> {
  for (let tries = 1; ; tries++) {
    try {
      return await deps.sandbox.use((child) => build(deps, child, task, pages, lease, limits), {
        signal: limits.signal,
        fresh: pages.length > warmPages,
      });
    } catch (error) {
      if (!(error instanceof FailureError) || tries === maxTries) throw error;
    }
  }
}

async function build(
  deps: WorkDeps,
  child: SandboxChild,
  task: TaskToRead,
  pages: PageRow[],
  lease: string,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<Built> {
  for (const source of task.sources) await placeSource(deps.storage, child, task.taskId, source, signal);
  await placePages(deps.storage, child, pages, signal);
  const password = deps.passwords.get(task.taskId);
  const answer = await child.assemble(
    {
      kind: "assemble",
      taskId: task.taskId,
      createdAt: task.createdAt.toISOString(),
      files: task.sources.map((source) => ({
        ...inputFile(task.taskId, source),
        displayName: source.displayName,
        size: source.size,
        sha256: source.sha256,
        ...(password === undefined ? {} : { password }),
      })),
      pages: pages.map((page) => ({ name: pageFile(page), filePosition: page.filePosition, index: page.pageIndex })),
      languages: languagesRead(task.options.languages, pages),
      pdfa: task.options.pdfa,
    },
    { signal, timeoutMs },
  );
  const { confidence, notes } = answer;
  return { keys: await keepResults(deps, child, task, lease, answer), confidence, notes };
}

/** @throws LostPages naming every page whose tree is not what was written. */
async function placePages(storage: Storage, child: SandboxChild, pages: PageRow[], signal: AbortSignal): Promise<void> {
  const lost: number[] = [];
  for (const page of pages) {
    if (page.resultPath === null || page.status !== "done") {
      await writeFile(join(child.folder, pageFile(page)), JSON.stringify(failedPage(page, failureCode(page))));
      continue;
    }
    const tree = { key: page.resultPath, sha256: page.resultHash };
    await placeObject(storage, child, tree, pageFile(page), signal).catch((error: unknown) => {
      if (!(error instanceof LostObject)) throw error;
      lost.push(page.number);
    });
  }
  if (lost.length > 0) throw new LostPages(lost);
}

async function keepResults(
  deps: WorkDeps,
  child: SandboxChild,
  task: TaskToRead,
  lease: string,
  answer: AssembleAnswer,
): Promise<ResultKeys> {
  const keep = async (format: ResultFormat, name: string) => {
    const key = resultKey(task.taskId, task.attempt, lease, format);
    await deps.storage.put(key, createReadStream(join(child.folder, name)));
    return key;
  };
  await keep("txt", answer.txt);
  await keep("hocr", answer.hocr);
  await keep("alto", answer.alto);
  if (answer.zip !== null) await keep("zip", answer.zip);
  return {
    json: await keep("json", answer.json),
    markdown: await keep("markdown", answer.markdown),
    pdf: await keep("pdf", answer.pdf),
  };
}

async function complete(
  deps: WorkDeps,
  task: TaskToRead,
  lease: string,
  { keys, confidence, notes }: Built,
  signal: AbortSignal,
): Promise<void> {
  const inTransaction = async (tx: Tx) => {
    if (!(await holdTask(tx, { task: task.id, attempt: task.attempt, lease }))) return false;
    await moveTask(tx, task.id, "complete", {
      resultJsonPath: keys.json,
      resultMarkdownPath: keys.markdown,
      resultPdfPath: keys.pdf,
      confidence,
      notes,
      // Corrections of pages that were not read again are in the trees, and so in these results.
      correctionsAssembled: task.corrections,
      completedAt: new Date(),
      processingTimeMs: elapsedMs(task.startedAt),
    });
    await writeAudit(tx, { action: "task.completed", outcome: "success", userId: task.userId, object: task.taskId });
    return true;
  };
  if (await whenAvailable(deps.log, () => deps.database.asSystem("complete", inTransaction), signal)) {
    deps.passwords.forget(task.taskId);
  } else {
    await dropResults(deps, task, lease);
  }
}

function pageFile(page: PageRow): string {
  return `page-${page.number}.json`;
}

function failureCode(page: PageRow): Failure["code"] {
  return (page.errorCode ?? "ENGINE_CRASHED") as Failure["code"];
}
