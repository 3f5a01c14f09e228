// tesseract.js behind the engine port. It can hang in four ways and kill its process in two; each wait here is therefore raced
// against the thread's death, a clock and the caller's signal, and after any failure the thread is thrown away.
import type { Worker as Thread } from "node:worker_threads";
import { FailureError } from "@legible/shared/failures";
import { createWorker, OEM, PSM, type Worker, type WorkerParams } from "tesseract.js";
import { installedLanguages } from "../language-files.ts";
import { saysOutOfMemory } from "../out-of-memory.ts";
import { toPgm } from "../raster.ts";
import type { Engine, RecognisedParagraph, RecogniseOptions } from "./engine.ts";
import { noLanguagesDir, tesseractThreadPath } from "./thread-path.ts";

/** Loading four languages takes 1 s; a busy machine needs longer. ms. */
const defaultOpenTimeoutMs = 30_000;

export type TesseractOptions = {
  languagesDir?: string;
  openTimeoutMs?: number;
  /** Told around loading language data: a damaged file can kill the process. */
  onLanguages?: (state: "loading" | "loaded") => void;
  /** For tests: a thread that fails. */
  threadPath?: string;
};

type Opened = { worker: Worker; thread: Thread; languages: string; parameters: string };

/** An engine that loads languages when they are first asked for. */
export function tesseractEngine(options: TesseractOptions = {}): Engine {
  let opened: Opened | undefined;
  let opening: Thread | undefined;

  async function close(): Promise<void> {
    const threads = [opened?.thread, opening];
    opened = undefined;
    opening = undefined;
    // Worker.terminate of tesseract.js leaves its jobs pending; here the thread's "exit" rejects them.
    await Promise.all(threads.map((thread) => thread?.terminate()));
  }

  async function open(languages: readonly string[], signal: AbortSignal): Promise<Opened> {
    const wanted = languages.join("+");
    if (opened?.languages === wanted) return opened;
    options.onLanguages?.("loading");
    opened = opened === undefined ? await start(languages, signal) : await changed(opened, languages, signal);
    options.onLanguages?.("loaded");
    return opened;
  }

  async function start(languages: readonly string[], signal: AbortSignal): Promise<Opened> {
    // tesseract.js shows its thread only when it is ready; Node announces it when it is made.
    const made = new Promise<Thread>((resolve) => process.once("worker", resolve));
    let failed: (error: Error) => void = () => undefined;
    const refused = new Promise<never>((_, reject) => {
      failed = reject;
    });
    const created = createWorker([...languages], OEM.LSTM_ONLY, {
      workerPath: options.threadPath ?? tesseractThreadPath,
      langPath: options.languagesDir ?? noLanguagesDir,
      cacheMethod: "none",
      gzip: false,
      errorHandler: (error: unknown) => failed(new Error(String(error))),
    });
    const thread = await made;
    opening = thread;
    const worker = await settle(
      Promise.race([created, refused]),
      thread,
      signal,
      options.openTimeoutMs ?? defaultOpenTimeoutMs,
    );
    opening = undefined;
    return { worker, thread, languages: languages.join("+"), parameters: "" };
  }

  /** The same thread with other languages: a tenth of a second, where a new thread takes half of one. */
  async function changed(
    { worker, thread }: Opened,
    languages: readonly string[],
    signal: AbortSignal,
  ): Promise<Opened> {
    const ready = worker.reinitialize(languages.join("+"), OEM.LSTM_ONLY);
    await settle(ready, thread, signal, options.openTimeoutMs ?? defaultOpenTimeoutMs);
    return { worker, thread, languages: languages.join("+"), parameters: "" };
  }

  async function read(engine: Opened, pgm: Uint8Array, options: RecogniseOptions, signal: AbortSignal) {
    const parameters = parametersFor(options);
    const wanted = JSON.stringify(parameters);
    if (engine.parameters !== wanted) await settle(engine.worker.setParameters(parameters), engine.thread, signal);
    engine.parameters = wanted;
    const job = engine.worker.recognize(Buffer.from(pgm.buffer), {}, { text: false, blocks: true });
    const { data }: { data: { blocks: unknown } } = await settle(job, engine.thread, signal);
    // The thread gives the words in our own shape (result-words.ts).
    return data.blocks as RecognisedParagraph[];
  }

  return {
    close,
    installed: () => installedLanguages(options.languagesDir),
    async recognise(raster, recogniseOptions, signal) {
      signal.throwIfAborted();
      let engine: Opened;
      try {
        engine = await open(recogniseOptions.languages, signal);
      } catch (error) {
        await close();
        throw failureOf(error, "LANGUAGE_MISSING", signal);
      }
      try {
        return await read(engine, toPgm(raster), recogniseOptions, signal);
      } catch (error) {
        await close();
        throw failureOf(error, "ENGINE_CRASHED", signal);
      }
    },
  };
}

function parametersFor({ dpi, lines, segmentation }: RecogniseOptions): Partial<WorkerParams> {
  const across = segmentation === "page" ? PSM.AUTO : PSM.SINGLE_BLOCK;
  return {
    // 0 is tesseract's "unknown": it then guesses from the height of the text.
    user_defined_dpi: String(dpi === undefined ? 0 : Math.round(dpi)),
    tessedit_pageseg_mode: lines === "down" ? PSM.SINGLE_BLOCK_VERT_TEXT : across,
  };
}

/** `promise`, or a rejection as soon as the thread is gone, the signal fires or the clock runs out. */
function settle<T>(promise: Promise<T>, thread: Thread, signal: AbortSignal, timeoutMs?: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onExit = () => reject(new FailureError("ENGINE_CRASHED"));
    const onError = (error: Error) => reject(error);
    const onAbort = () => reject(signal.reason);
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => reject(new FailureError("PAGE_TIMEOUT")), timeoutMs);
    const settled = () => {
      clearTimeout(timer);
      thread.off("exit", onExit);
      thread.off("error", onError);
      signal.removeEventListener("abort", onAbort);
    };
    thread.once("exit", onExit);
    thread.once("error", onError);
    signal.addEventListener("abort", onAbort, { once: true });
    // Errors of tesseract.js are strings.
    promise
      .then(resolve, (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))))
      .finally(settled);
  });
}

/** What a failure means. Out of memory shows as an abort of the WebAssembly module or as a thread that V8 ended. */
function failureOf(error: unknown, otherwise: "LANGUAGE_MISSING" | "ENGINE_CRASHED", signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof FailureError) return error;
  const text = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  const memory = saysOutOfMemory(text) || /memory access out of bounds/iu.test(text);
  return new FailureError(memory ? "OUT_OF_MEMORY" : otherwise, { cause: error });
}
