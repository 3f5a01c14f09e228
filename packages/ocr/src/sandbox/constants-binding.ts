// Preloaded into the sandboxed process and its worker threads. Emscripten's file layer (in sharp's WebAssembly build) asks for
// process.binding("constants"); the permission model refuses the whole of process.binding and the thread would then hang.
import { constants } from "node:fs";

/** Answers the one harmless binding from the public constants, and refuses every other. */
function binding(name: string): { fs: typeof constants } {
  if (name === "constants") return { fs: constants };
  throw new Error(`process.binding("${name}") is not available in the sandbox`);
}

Object.defineProperty(process, "binding", { value: binding });
