// Loaded first in the sandboxed process and in each of its worker threads; makes WebAssembly libraries live within its limits.
import { constants } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import workerThreads, { type WorkerOptions } from "node:worker_threads";

/**
 * Reserved for compiled JavaScript by each thread, MB. V8's own choice is 512, all of which counts against the data limit, and a process
 * with sharp and the engine in it has a handful of threads. WebAssembly code lies elsewhere.
 */
const threadLimits = { codeRangeSizeMb: 16, maxYoungGenerationSizeMb: 16 };

/** A worker thread that reserves little. */
class SmallWorker extends workerThreads.Worker {
  constructor(filename: string | URL, options?: WorkerOptions) {
    super(filename, { ...options, resourceLimits: { ...threadLimits, ...options?.resourceLimits } });
  }
}

/**
 * Answers one harmless binding from the public constants, and refuses every other. Emscripten's file layer (in sharp) asks for it; the
 * permission model refuses the whole of process.binding, and sharp's thread would then hang.
 */
function binding(name: string): { fs: typeof constants } {
  if (name === "constants") return { fs: constants };
  throw new Error(`process.binding("${name}") is not available in the sandbox`);
}

Object.defineProperty(process, "binding", { value: binding });
Object.defineProperty(workerThreads, "Worker", { value: SmallWorker });
syncBuiltinESMExports();
