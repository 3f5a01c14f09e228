// One sandboxed process and the calls to it, one at a time. Whatever goes wrong ends in a FailureError and a dead process.
import { FailureError } from "@legible/shared/failures";
import { saysOutOfMemory } from "../pipeline/out-of-memory.ts";
import { readReplies } from "./channel.ts";
import { watchMemory } from "./memory-watchdog.ts";
import type { Note, Reply, Request } from "./protocol.ts";
import { type SpawnOptions, spawnSandboxed } from "./spawn.ts";

/** Loading Node and the modules takes 0.3 s; a busy machine needs longer. ms. */
const startTimeoutMs = 30_000;
/** The "call" that the process's first line answers. */
const startId = 0;

export type CallOptions = {
  signal: AbortSignal;
  /** Wall clock, ms. A note for which `onNote` returns a number starts it again with that many. */
  timeoutMs: number;
  onNote?: (note: Note) => number | undefined;
};

export type SandboxProcess = {
  readonly pid: number;
  /** False once the process must not be used again. */
  usable(): boolean;
  /** Memory held after the last call, bytes. */
  rss(): number;
  /** @throws FailureError, or the signal's reason. */
  call(request: Request, options: CallOptions): Promise<unknown>;
  /** Ends the process at once; resolves when it is gone. */
  kill(): Promise<void>;
};

type Pending = { id: number; resolve(answer: unknown): void; reject(error: unknown): void; note(note: Note): void };

/**
 * Starts a process and waits until it can take calls.
 * @throws FailureError ENGINE_CRASHED or OUT_OF_MEMORY when it does not start; the signal's reason.
 */
export async function startSandboxProcess(options: SpawnOptions, signal: AbortSignal): Promise<SandboxProcess> {
  const { process: child, channel, lastWords } = spawnSandboxed(options);
  const gone = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  let usable = true;
  let pending: Pending | undefined;
  let rss = 0;
  let nextId = startId;
  let overMemory = false;
  let loadingLanguages = false;

  function discard(): void {
    usable = false;
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }

  function fail(error: unknown): void {
    discard();
    const call = pending;
    pending = undefined;
    call?.reject(error);
  }

  function causeOfDeath(): FailureError {
    if (overMemory || saysOutOfMemory(lastWords())) return new FailureError("OUT_OF_MEMORY");
    // A damaged language file makes the process end by itself. One that somebody kills in that moment says nothing about the file.
    const byItself = child.signalCode === null;
    return new FailureError(loadingLanguages && byItself ? "LANGUAGE_MISSING" : "ENGINE_CRASHED");
  }

  function onReply(reply: Reply): void {
    const call = pending;
    const id = "ready" in reply ? startId : reply.id;
    if (call === undefined || call.id !== id) {
      fail(new FailureError("ENGINE_CRASHED"));
      return;
    }
    if ("note" in reply) {
      if ("languages" in reply.note) loadingLanguages = reply.note.languages === "loading";
      call.note(reply.note);
      return;
    }
    pending = undefined;
    loadingLanguages = false;
    if ("ready" in reply) {
      call.resolve(undefined);
      return;
    }
    rss = reply.rss;
    if ("answer" in reply) {
      call.resolve(reply.answer);
      return;
    }
    if (reply.broken) discard();
    call.reject(new FailureError(reply.failure, { cause: reply.detail }));
  }

  /** Waits for the reply to call `id`, with its clock and its abort. */
  function reply(id: number, { signal, timeoutMs, onNote }: CallOptions): Promise<unknown> {
    const onAbort = () => fail(signal.reason);
    const onTimeout = () => fail(new FailureError(id === startId ? "ENGINE_CRASHED" : "PAGE_TIMEOUT"));
    let timer = setTimeout(onTimeout, timeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    return new Promise<unknown>((resolve, reject) => {
      const note = (note: Note) => {
        const moreMs = onNote?.(note);
        if (moreMs === undefined) return;
        clearTimeout(timer);
        timer = setTimeout(onTimeout, moreMs);
      };
      pending = { id, resolve, reject, note };
      if (signal.aborted) onAbort();
    }).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    });
  }

  readReplies(channel, onReply, () => fail(new FailureError("ENGINE_CRASHED")));
  // Writing to a process that just died raises EPIPE here; its "close" tells why it died.
  channel.on("error", () => undefined);
  const stopWatching = watchMemory(child.pid ?? 0, options.memoryBytes, () => {
    overMemory = true;
    discard();
  });
  child.once("close", () => {
    stopWatching();
    fail(causeOfDeath());
  });
  child.once("error", (error) => fail(new FailureError("ENGINE_CRASHED", { cause: error })));

  await reply(nextId++, { signal, timeoutMs: startTimeoutMs });
  return {
    pid: child.pid ?? 0,
    usable: () => usable,
    rss: () => rss,
    call(request, options) {
      options.signal.throwIfAborted();
      if (!usable || pending !== undefined) throw new FailureError("ENGINE_CRASHED");
      const id = nextId++;
      const answer = reply(id, options);
      channel.write(`${JSON.stringify({ id, request })}\n`);
      return answer;
    },
    kill() {
      fail(new FailureError("CANCELLED"));
      return gone;
    },
  };
}
