// A child as its users see it: a work folder and a few questions. The process behind it is started when first needed and
// replaced after it died; the folder stays for as long as the child is in use.
import { type FailureCode, FailureError } from "@legible/shared/failures";
import { planPageTimeoutMs } from "@legible/shared/limits";
import type { z } from "zod";
import {
  type AssembleAnswer,
  type AssembleRequest,
  assembleAnswerSchema,
  type DecidedPage,
  type InspectAnswer,
  type InspectRequest,
  inspectAnswerSchema,
  type LookAnswer,
  type LookRequest,
  lookAnswerSchema,
  type PreviewAnswer,
  type PreviewRequest,
  previewAnswerSchema,
  type ReadPageAnswer,
  type ReadPageRequest,
  type Request,
  readPageAnswerSchema,
  type WarmRequest,
  warmAnswerSchema,
} from "./protocol.ts";
import type { CallOptions, SandboxProcess } from "./sandbox-process.ts";

export type ChildCall = { signal: AbortSignal; timeoutMs: number };

export type SandboxChild = {
  /** The child's own work folder: the parent puts input files there and reads outputs. */
  readonly folder: string;
  /**
   * Resolves when there is a live process. Every call starts one where it is missing; whoever measures the time of calls asks for it
   * before. @throws FailureError when it does not start; the signal's reason
   */
  started(signal: AbortSignal): Promise<void>;
  /**
   * Opens a file and decides what to do with each of its pages. `timeoutMs` is for opening; each page adds
   * `planPageTimeoutMs`. A page that kills the child twice, or hangs or exhausts it once, is decided "ocr" and left to fail by itself when
   * it is read.
   * @throws FailureError
   */
  inspect(request: InspectRequest, call: ChildCall): Promise<InspectAnswer>;
  /** Makes the pixels of a page and keeps them for its `readPage`. @throws FailureError */
  look(request: LookRequest, call: ChildCall): Promise<LookAnswer>;
  /** Writes the pictures of a page for people into the folder. @throws FailureError */
  preview(request: PreviewRequest, call: ChildCall): Promise<PreviewAnswer>;
  /** Loads the engine and all else that the first page would wait for. @throws FailureError */
  warm(request: WarmRequest, call: ChildCall): Promise<unknown>;
  /** @throws FailureError */
  readPage(request: ReadPageRequest, call: ChildCall): Promise<ReadPageAnswer>;
  /** @throws FailureError */
  assemble(request: AssembleRequest, call: ChildCall): Promise<AssembleAnswer>;
};

/** Pages of one file that may each cost a process while being decided; after them the rest is left to reading. */
const maxDeadlyPages = 4;
/** Longest look at one page, ms. Loading an ordinary page takes 1–20 ms. */
const pageLookMs = 8_000;
/** Ends of a process that a page can cause. */
const deadly: readonly FailureCode[] = ["PAGE_TIMEOUT", "OUT_OF_MEMORY", "ENGINE_CRASHED"];

/**
 * A child in `folder`. `process` gives the live process, started anew when the last one is gone.
 */
export function sandboxChild(
  folder: string,
  process: (signal: AbortSignal) => Promise<SandboxProcess>,
  onCall: () => void,
): SandboxChild {
  async function ask<T>(request: Request, schema: z.ZodType<T>, options: CallOptions): Promise<T> {
    const live = await process(options.signal);
    // A look is the first half of reading a page.
    if (request.kind !== "look") onCall();
    const answer = schema.safeParse(await live.call(request, options));
    if (answer.success) return answer.data;
    await live.kill();
    throw new FailureError("ENGINE_CRASHED", { cause: answer.error });
  }

  /** One process's try at the pages from `decided.length` on. Returns true when all are decided. */
  async function inspectOn(request: InspectRequest, call: ChildCall, decided: DecidedPage[], file: OpenedFile) {
    const onNote: CallOptions["onNote"] = (note) => {
      if ("pageCount" in note) {
        file.pageCount = note.pageCount;
        file.deadline ??= performance.now() + call.timeoutMs + note.pageCount * planPageTimeoutMs;
      }
      if ("page" in note && note.page.index === decided.length) decided.push(note.page);
      return Math.max(1, Math.min(pageLookMs, (file.deadline ?? Number.POSITIVE_INFINITY) - performance.now()));
    };
    const next = { ...request, firstPage: decided.length };
    const { pages } = await ask(next, inspectAnswerSchema, { ...call, onNote });
    if (file.pageCount === undefined) decided.push(...pages);
  }

  return {
    folder,
    async started(signal) {
      await process(signal);
    },
    async inspect(request, call) {
      const decided: DecidedPage[] = [];
      const file: OpenedFile = { pageCount: undefined, deadline: undefined };
      /** The page that a process ended at without a reason of its own: killed for somebody else's sake, perhaps. */
      let suspect: number | undefined;
      for (let deaths = 0; ; ) {
        try {
          await inspectOn(request, call, decided, file);
          return { pages: decided };
        } catch (error) {
          const lost = error instanceof FailureError && deadly.includes(error.code);
          if (!lost || file.pageCount === undefined || file.pageCount > request.maxPages) throw error;
          const late = performance.now() >= (file.deadline ?? 0);
          if (error.code === "ENGINE_CRASHED" && suspect !== decided.length && !late) {
            suspect = decided.length;
            continue;
          }
          const until = deaths >= maxDeadlyPages || late ? file.pageCount : decided.length + 1;
          while (decided.length < until) decided.push(unexamined(decided.length, error.code));
          if (decided.length >= file.pageCount) return { pages: decided };
          deaths++;
        }
      }
    },
    look: (request, call) => ask(request, lookAnswerSchema, call),
    preview: (request, call) => ask(request, previewAnswerSchema, call),
    warm: (request, call) => ask(request, warmAnswerSchema, call),
    readPage: (request, call) => ask(request, readPageAnswerSchema, call),
    assemble: (request, call) => ask(request, assembleAnswerSchema, call),
  };
}

type OpenedFile = { pageCount: number | undefined; deadline: number | undefined };

function unexamined(index: number, failure: FailureCode): DecidedPage {
  return { index, decision: "ocr", reason: { code: "EXAMINING_FAILED", params: { failure } } };
}
