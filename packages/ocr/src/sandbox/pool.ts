// The sandboxed children of this process: at most `size` at once, kept warm between uses, recycled before they grow too large.
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "@legible/shared/log";
import { offeredLanguages } from "../pipeline/language-files.ts";
import { beatMs, poolPrefix, removeDeadFolders, type Seen } from "./dead-folders.ts";
import { type SandboxChild, sandboxChild } from "./sandbox-child.ts";
import { type SandboxProcess, startSandboxProcess } from "./sandbox-process.ts";
import { defaultMemoryBytes } from "./spawn.ts";

/** Calls after which a child is replaced: memory of WebAssembly never shrinks and every library leaks a little. */
const recycleCalls = 100;
/** Memory after which a child is replaced, bytes. */
const recycleRssBytes = 700_000_000;

export type SandboxPoolOptions = {
  /** Children at once: cores, mostly. */
  size: number;
  /** Where work folders are made; the caller's own, created when absent. */
  workRoot: string;
  /** Folder of `<language>.traineddata` files that an administrator dropped in. */
  languagesDir?: string;
  /** Memory of one child, bytes. */
  memoryBytes?: number;
  log: Log;
  /** For tests: a module that takes the child's place. */
  childEntry?: string;
};

export type UseOptions = {
  signal: AbortSignal;
  /**
   * A name for the work, say the document's: a child that did the same before is taken first, and finds its folder as it
   * was left. Any other use begins with an empty folder.
   */
  prefer?: string;
  /** Take a process that has done nothing yet: for work that needs memory more than a warm engine. */
  fresh?: boolean;
};

export type SandboxPool = {
  /**
   * Waits for a free child and gives it to `work`. Its folder is emptied afterwards (with `prefer`: a little later), and
   * the child replaced if it failed.
   * @throws what `work` throws; the signal's reason while waiting.
   */
  use<T>(work: (child: SandboxChild) => Promise<T>, options: UseOptions): Promise<T>;
  /** Starts every child and has it load all that a page in these languages needs. @throws what a child's call throws */
  warm(languages: readonly string[]): Promise<void>;
  /** Languages that can be recognised here. */
  languages(): Promise<string[]>;
  /** Process ids of the live children. */
  pids(): number[];
  /** Kills every child, refuses every waiting use and removes the folders. */
  close(): Promise<void>;
};

type Slot = {
  folder: string;
  live: SandboxProcess | undefined;
  calls: number;
  /** The document whose files the folder still holds. */
  lastUse: string | undefined;
  busy: boolean;
  clearing: NodeJS.Timeout | undefined;
};

/** Warming up takes 3 s; a busy machine needs longer. ms. */
const warmMs = 60_000;
/** How long a document's files stay in a child's folder for its next page, ms. Then nothing of it is left outside storage. */
const keepFilesMs = 5_000;

/** Opens a pool. No process is started before it is needed. */
export async function openSandboxPool(options: SandboxPoolOptions): Promise<SandboxPool> {
  await mkdir(options.workRoot, { recursive: true, mode: 0o700 });
  const root = await mkdtemp(join(await realpath(options.workRoot), poolPrefix));
  if (options.languagesDir !== undefined) await mkdir(options.languagesDir, { recursive: true });
  const languagesDir = options.languagesDir === undefined ? undefined : await realpath(options.languagesDir);
  const closing = new AbortController();
  const seen: Seen = new Map();
  const beat = setInterval(() => {
    removeDeadFolders(root, seen).then(
      (removed) => {
        if (removed > 0) options.log.info({ removed }, "Work folders of processes that were killed are removed");
      },
      (error: unknown) => options.log.error({ err: error }, "Work folders could not be looked through"),
    );
  }, beatMs).unref();
  const waiting: (() => void)[] = [];
  const slots: Slot[] = Array.from({ length: options.size }, () => ({
    folder: join(root, randomUUID()),
    live: undefined,
    calls: 0,
    lastUse: undefined,
    busy: false,
    clearing: undefined,
  }));

  async function liveProcess(slot: Slot, signal: AbortSignal): Promise<SandboxProcess> {
    if (slot.live?.usable()) return slot.live;
    await slot.live?.kill();
    slot.live = undefined;
    slot.calls = 0;
    slot.live = await startSandboxProcess(
      {
        folder: slot.folder,
        ...(languagesDir === undefined ? {} : { languagesDir }),
        memoryBytes: options.memoryBytes ?? defaultMemoryBytes,
        entry: options.childEntry ?? join(import.meta.dirname, "child.ts"),
      },
      signal,
    );
    return slot.live;
  }

  /** The free child that suits best: the one that did this work before, then a warm one. */
  function freeSlot(prefer: string | undefined): Slot | undefined {
    const free = slots.filter((slot) => !slot.busy);
    return (
      free.find((slot) => prefer !== undefined && slot.lastUse === prefer) ??
      free.find((slot) => slot.live?.usable() && slot.lastUse === undefined) ??
      free.find((slot) => slot.live?.usable()) ??
      free[0]
    );
  }

  async function clear(slot: Slot): Promise<void> {
    clearTimeout(slot.clearing);
    slot.lastUse = undefined;
    try {
      await emptyFolder(slot.folder);
    } catch (error) {
      options.log.error({ err: error }, "Work folder could not be emptied");
    }
  }

  async function acquire({ signal, prefer }: UseOptions): Promise<Slot> {
    for (;;) {
      if (signal.aborted || closing.signal.aborted) {
        // A wake-up spent on a use that gave up must reach the next one.
        waiting[0]?.();
        throw closing.signal.aborted ? closing.signal.reason : signal.reason;
      }
      const slot = freeSlot(prefer);
      if (slot !== undefined) {
        slot.busy = true;
        clearTimeout(slot.clearing);
        return slot;
      }
      await new Promise<void>((resolve) => {
        const wake = () => {
          signal.removeEventListener("abort", wake);
          const place = waiting.indexOf(wake);
          if (place >= 0) waiting.splice(place, 1);
          resolve();
        };
        waiting.push(wake);
        signal.addEventListener("abort", wake, { once: true });
      });
    }
  }

  async function release(slot: Slot): Promise<void> {
    const worn = slot.calls >= recycleCalls || (slot.live?.rss() ?? 0) > recycleRssBytes;
    if (slot.live !== undefined && (worn || !slot.live.usable())) {
      if (worn) options.log.info({ calls: slot.calls, rss: slot.live.rss() }, "Sandboxed process recycled");
      await slot.live.kill();
      slot.live = undefined;
    }
    if (slot.lastUse === undefined) await clear(slot);
    else slot.clearing = setTimeout(() => void clearIdle(slot), keepFilesMs).unref();
    handBack(slot);
  }

  async function clearIdle(slot: Slot): Promise<void> {
    if (slot.busy || closing.signal.aborted) return;
    slot.busy = true;
    await clear(slot);
    handBack(slot);
  }

  function handBack(slot: Slot): void {
    slot.busy = false;
    waiting[0]?.();
  }

  async function use<T>(work: (child: SandboxChild) => Promise<T>, useOptions: UseOptions): Promise<T> {
    const slot = await acquire(useOptions);
    try {
      await mkdir(slot.folder, { recursive: true, mode: 0o700 });
      if (slot.lastUse === undefined || slot.lastUse !== useOptions.prefer) await clear(slot);
      slot.lastUse = useOptions.prefer;
      if (useOptions.fresh === true && slot.calls > 0) {
        await slot.live?.kill();
        slot.live = undefined;
      }
      const child = sandboxChild(
        slot.folder,
        (signal) => liveProcess(slot, AbortSignal.any([signal, closing.signal])),
        () => {
          slot.calls += 1;
        },
      );
      return await work(child);
    } finally {
      await release(slot);
    }
  }

  return {
    use,
    async warm(languages) {
      const request = { kind: "warm" as const, languages: [...languages] };
      const { signal } = closing;
      await Promise.all(
        slots.map(() => use((child) => child.warm(request, { signal, timeoutMs: warmMs }), { signal })),
      );
    },
    languages: () => offeredLanguages(languagesDir),
    pids: () => slots.flatMap((slot) => (slot.live?.usable() ? [slot.live.pid] : [])),
    async close() {
      closing.abort(new Error("The sandbox is closed."));
      clearInterval(beat);
      for (const wake of [...waiting]) wake();
      for (const slot of slots) clearTimeout(slot.clearing);
      await Promise.all(slots.map((slot) => slot.live?.kill()));
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}
