// One reading of a claimed page: in the sandbox, or from the kept reading of a page that looks the same.
import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { type Page, pageSchema } from "@legible/shared/document";
import { AppError } from "@legible/shared/errors";
import { FailureError } from "@legible/shared/failures";
import type { Storage } from "@legible/storage/storage";
import { pageDecisionSchema, type ReadPageAnswer } from "../sandbox/protocol.ts";
import type { SandboxChild } from "../sandbox/sandbox-child.ts";
import type { WorkDeps } from "./deps.ts";
import { inputFile, placeSource, type Source, sourceName } from "./inputs.ts";
import type { TaskToRead } from "./load-task.ts";
import { writePreview } from "./previews.ts";
import { type KeptReading, renumbered, type SamePages } from "./same-pages.ts";

/** Where a page stands: its number in the document, its file and its index there. */
export type PagePlace = { number: number; filePosition: number; pageIndex: number; decision: string };

export type PageReading = Pick<ReadPageAnswer, "page" | "languages" | "reason"> & {
  /** Name of the page's pixels; undefined when it was read without any. */
  pixels: string | undefined;
};

/**
 * Reads page `row` of the task. `next`: the page that this worker reads afterwards, made ready meanwhile.
 * @throws FailureError, or the signal's reason
 */
export async function readPlacedPage(
  deps: WorkDeps,
  same: SamePages,
  work: { task: TaskToRead; row: PagePlace; next: PagePlace | undefined; signal: AbortSignal },
): Promise<PageReading> {
  const { task, row, next, signal } = work;
  const source = task.sources.find((candidate) => candidate.position === row.filePosition);
  if (source === undefined) throw new Error(`Page ${row.number} of task ${task.id} names file ${row.filePosition}.`);
  const name = sourceName(task.taskId, source.position);
  const password = deps.passwords.get(task.taskId);
  const decision = pageDecisionSchema.parse(row.decision);
  const follows = next?.filePosition === row.filePosition && next.decision === "ocr" ? next.pageIndex : undefined;
  const request = {
    file: inputFile(task.taskId, source),
    ...(password === undefined ? {} : { password }),
    index: row.pageIndex,
    maxPixels: deps.limits.imagePixels,
  };
  const { languages, mode, rotate, deskew } = task.options;
  const wishes = { number: row.number, decision, languages, mode, rotate, deskew };
  const read = async (child: SandboxChild): Promise<PageReading> => {
    await placeSource(deps.storage, child, task.taskId, source, signal);
    // A process that takes long to start on a busy machine takes nothing from the page's time; it has a limit of its own.
    await child.started(signal);
    const began = performance.now();
    const limitMs = deps.limits.pageSeconds * 1_000;
    const call = () => ({ signal, timeoutMs: Math.max(1, limitMs - (performance.now() - began)) });
    const pixels = decision === "ocr" ? (await child.look({ kind: "look", ...request }, call())).pixels : undefined;
    const kept = pixels === undefined ? undefined : same.find(task, pixels);
    const page = kept === undefined ? undefined : await keptPage(deps.storage, kept, row.number);
    if (kept !== undefined && page !== undefined) {
      const reason = { code: "SAME_PAGE" as const, params: { page: kept.number } };
      return { page, languages: kept.languages, reason, pixels };
    }
    const ahead = follows === undefined ? {} : { next: follows };
    const answer = await child.readPage({ kind: "readPage", ...request, ...wishes, ...ahead }, call());
    return { ...answer, pixels };
  };
  return await deps.sandbox.use(
    async (child: SandboxChild) => {
      const reading = await read(child);
      if (password !== undefined) await previewNow(deps, child, { task, row, source, page: reading.page, signal });
      return reading;
    },
    { signal, prefer: name },
  );
}

/** Behind a password a page can be drawn only now: the password is forgotten when the document has been read. */
async function previewNow(
  deps: WorkDeps,
  child: SandboxChild,
  {
    task,
    row,
    source,
    page,
    signal,
  }: { task: TaskToRead; row: PagePlace; source: Source; page: Page; signal: AbortSignal },
): Promise<void> {
  const { userId, taskId, attempt } = task;
  const { number, pageIndex } = row;
  const wanted = { userId, taskId, attempt, source, number, pageIndex, rotation: page.rotation };
  try {
    await writePreview(deps, child, wanted, signal);
  } catch (error) {
    // The page itself was read: it only has no picture.
    if (!(error instanceof FailureError)) throw error;
    deps.log.warn({ taskId, page: number, code: error.code }, "A page could not be drawn.");
  }
}

/** Undefined when storage has it not, or not unharmed: then the page is read. */
async function keptPage(storage: Storage, { path, sha256 }: KeptReading, number: number): Promise<Page | undefined> {
  const object = await storage.get(path).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "NOT_FOUND") return undefined;
    throw error;
  });
  if (object === undefined) return undefined;
  const bytes = await buffer(object.body);
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) return undefined;
  return renumbered(pageSchema.parse(JSON.parse(bytes.toString("utf8"))), number);
}
