// Pictures of pages for people, made when somebody first looks and then kept. They have a sandboxed child of their own, so that looking
// does not wait for reading, nor reading for looking.
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { rotationSchema } from "@legible/shared/document";
import { AppError } from "@legible/shared/errors";
import { FailureError } from "@legible/shared/failures";
import { previewKey } from "@legible/storage/keys";
import type { SandboxChild } from "../sandbox/sandbox-child.ts";
import type { WorkDeps } from "./deps.ts";
import { inputFile, placeSource, type Source, sourceName } from "./inputs.ts";

/** A picture takes 0.1–1 s; a page that takes longer is not worth a child for itself. ms. */
const previewTimeoutMs = 20_000;
/** Pictures that one person may wait for: six connections of a browser, in a few tabs. */
const maxWaitingEach = 32;
/** Pages that could not be drawn are not tried again and again: each try may cost a process. */
const maxRemembered = 1_000;

export type PreviewPage = {
  userId: number;
  taskId: string;
  attempt: number;
  source: Source;
  /** 1-based in the document, and 0-based in the file. */
  number: number;
  pageIndex: number;
  rotation: number;
};

export type Previews = {
  /**
   * Makes sure that both pictures of the page are in storage. The signal only ends the caller's own wait.
   * @throws AppError NOT_FOUND when the page cannot be drawn, RATE_LIMITED when the person waits for too many; the signal's reason
   */
  ensure(page: PreviewPage, signal: AbortSignal): Promise<void>;
};

type PreviewDeps = Pick<WorkDeps, "database" | "storage" | "passwords" | "limits">;
type Making = { done: Promise<void>; waiting: number; stop: AbortController };

/** Previews made in `deps.sandbox`, which should be a pool of its own. */
export function createPreviews(deps: PreviewDeps & Pick<WorkDeps, "sandbox" | "log">): Previews {
  const making = new Map<string, Making>();
  const failed = new Set<string>();
  const waitingOf = new Map<number, number>();

  async function make(page: PreviewPage, key: string, signal: AbortSignal): Promise<void> {
    try {
      const name = sourceName(page.taskId, page.source.position);
      await deps.sandbox.use((child) => writePreview(deps, child, page, signal), { signal, prefer: name });
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      deps.log.warn({ taskId: page.taskId, page: page.number, code: error.code }, "A page could not be drawn.");
      if (failed.size >= maxRemembered) failed.clear();
      failed.add(key);
      throw new AppError("NOT_FOUND");
    }
  }

  function begin(page: PreviewPage, key: string): Making {
    const stop = new AbortController();
    const begun: Making = { done: make(page, key, stop.signal), waiting: 0, stop };
    making.set(key, begun);
    begun.done = begun.done.finally(() => forget(key, begun));
    return begun;
  }

  function forget(key: string, work: Making): void {
    if (making.get(key) === work) making.delete(key);
  }

  return {
    async ensure(page, signal) {
      const key = previewKey(page.taskId, page.attempt, page, "full");
      if (failed.has(key)) throw new AppError("NOT_FOUND");
      if ((await deps.storage.size(previewKey(page.taskId, page.attempt, page, "thumbnail"))) !== undefined) return;
      const mine = waitingOf.get(page.userId) ?? 0;
      if (mine >= maxWaitingEach) throw new AppError("RATE_LIMITED");
      waitingOf.set(page.userId, mine + 1);
      const work = making.get(key) ?? begin(page, key);
      work.waiting += 1;
      try {
        await Promise.race([work.done, aborted(signal)]);
      } finally {
        work.waiting -= 1;
        // Nobody wants it any more: whoever scrolled past a hundred pages does not wait for them.
        if (work.waiting === 0) {
          forget(key, work);
          work.stop.abort(new AppError("UNAVAILABLE"));
        }
        work.done.catch(() => undefined);
        const left = (waitingOf.get(page.userId) ?? 1) - 1;
        if (left > 0) waitingOf.set(page.userId, left);
        else waitingOf.delete(page.userId);
      }
    },
  };
}

/** Draws the page in `child`, whose folder holds its file or gets it, and keeps both pictures. @throws FailureError */
export async function writePreview(
  { database, storage, passwords, limits }: PreviewDeps,
  child: SandboxChild,
  page: PreviewPage,
  signal: AbortSignal,
): Promise<void> {
  const { taskId, attempt, source } = page;
  const password = passwords.get(taskId);
  await placeSource(storage, child, taskId, source, signal);
  const drawn = await child.preview(
    {
      kind: "preview",
      file: inputFile(taskId, source),
      ...(password === undefined ? {} : { password }),
      index: page.pageIndex,
      rotation: rotationSchema.parse(page.rotation),
      maxPixels: limits.imagePixels,
    },
    { signal, timeoutMs: previewTimeoutMs },
  );
  // The thumbnail last: where it is, the other is.
  for (const size of ["full", "thumbnail"] as const) {
    await storage.put(previewKey(taskId, attempt, page, size), createReadStream(join(child.folder, drawn[size])));
  }
  // Deleted meanwhile: its objects may have been swept away before these were put there.
  const where = { taskId, deletedAt: null };
  const there = await database.asSystem("is the task still there", (tx) => tx.task.count({ where }));
  if (there > 0) return;
  for (const size of ["full", "thumbnail"] as const) await storage.remove(previewKey(taskId, attempt, page, size));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
