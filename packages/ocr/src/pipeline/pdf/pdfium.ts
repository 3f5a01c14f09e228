// The PDF reader: pdfium as WebAssembly, loaded once in a sandboxed process. After a trap its memory is in an unknown state, so the
// process that holds it must end: `isTrap` tells.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { init, type WrappedPdfiumModule } from "@embedpdf/pdfium";

export type Pdfium = WrappedPdfiumModule & {
  memory(): Uint8Array;
  allocate(bytes: number): number;
  free(pointer: number): void;
};

/** True for what a call into WebAssembly throws when it does not return: it ran out of memory or of stack, or hit a bug. */
export function isTrap(error: unknown): boolean {
  return error instanceof Error && (error.name === "RuntimeError" || error instanceof RangeError);
}

let loaded: Promise<Pdfium> | undefined;

/** The process's pdfium. */
export function loadPdfium(): Promise<Pdfium> {
  loaded ??= start();
  return loaded;
}

async function start(): Promise<Pdfium> {
  const require = createRequire(import.meta.url);
  const binary = await readFile(require.resolve("@embedpdf/pdfium/pdfium.wasm"));
  const overrides = { wasmBinary: binary, print: () => undefined, printErr: () => undefined };
  const wrapped = await init(overrides as Parameters<typeof init>[0]);
  wrapped.PDFiumExt_Init();
  const emscripten = wrapped.pdfium as unknown as {
    HEAPU8: Uint8Array;
    wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
  };
  return Object.assign(wrapped, {
    // Looked up each time: the view is replaced when the memory grows.
    memory: () => emscripten.HEAPU8,
    allocate: (bytes: number) => emscripten.wasmExports.malloc(bytes),
    free: (pointer: number) => emscripten.wasmExports.free(pointer),
  });
}
