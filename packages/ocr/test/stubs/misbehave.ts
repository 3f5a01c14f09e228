// Misbehaves as the name of the file asks. Every other file is answered properly.
import { existsSync, writeFileSync } from "node:fs";
import { someReason } from "./requests.ts";
import { channel, planned, say, serve } from "./serve.ts";

/** Bytes of one page of WebAssembly memory are 64 KiB; 16 of them are 1 MiB. */
const wasmPagesPerMegabyte = 16;
type WasmMemory = { grow(pages: number): number; buffer: ArrayBuffer };
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Memory: new (size: { initial: number; maximum: number }) => WasmMemory };
};

/** Says that languages are being loaded; `then` comes when the parent has it. */
function sayLoading(id: number, then: () => void): void {
  channel.write(`${JSON.stringify({ id, note: { languages: "loading" } })}\n`, () => then());
}

serve(({ id, request }) => {
  switch (request.file.name) {
    case "hang":
      for (;;) Math.sqrt(id);
    case "exit":
      return process.exit(3);
    case "throw":
      throw new Error("no reason");
    case "hog-buffers": {
      const held: Buffer[] = [];
      for (;;) held.push(Buffer.alloc(50_000_000, 1));
    }
    case "hog-wasm": {
      const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
      for (;;) {
        memory.grow(64 * wasmPagesPerMegabyte);
        new Uint8Array(memory.buffer).fill(1, memory.buffer.byteLength - 64 * 2 ** 20);
      }
    }
    case "nonsense":
      return say("{ not json");
    case "foreign-answer":
      return say({ id: id + 1, answer: planned(0), rss: 1 });
    case "wrong-shape":
      return { pages: "all" };
    case "free-text":
      return { pages: [{ index: 0, decision: "ocr", reason: "Pay at once." }] };
    case "foreign-code":
      return { pages: [{ index: 0, decision: "ocr", reason: { code: "PAY_AT_ONCE", params: {} } }] };
    case "endless-line": {
      const piece = "x".repeat(1_000_000);
      const more = () => channel.write(piece, () => more());
      return more();
    }
    case "fat":
      return say({ id, answer: planned(1), rss: 900_000_000 });
    case "second-page-kills":
      say({ id, note: { pageCount: 4 } });
      for (let index = request.firstPage; index < 4; index++) {
        if (index === 1) return process.exit(3);
        say({ id, note: { page: { index, decision: "text", reason: someReason } } });
      }
      return planned(0);
    case "second-page-is-killed": {
      say({ id, note: { pageCount: 3 } });
      for (let index = request.firstPage; index < 3; index++) {
        if (index === 1 && !existsSync("killed")) {
          writeFileSync("killed", "");
          process.kill(process.pid, "SIGKILL");
        }
        say({ id, note: { page: { index, decision: "text", reason: someReason } } });
      }
      return planned(0);
    }
    case "ends-loading":
      return sayLoading(id, () => process.exit(70));
    case "killed-loading":
      return sayLoading(id, () => process.kill(process.pid, "SIGKILL"));
    default:
      // Tells which process answered.
      return planned(1, { code: "HAS_CHARACTERS", params: { characters: process.pid } });
  }
});
