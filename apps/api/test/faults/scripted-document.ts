// Documents for the reader of packages/ocr/test/stubs/scripted.ts.
import { randomUUID } from "node:crypto";

/** What happens to whoever reads it. */
export type Script = { plan?: string | number; pages: (string | number)[]; assemble?: string | number };

/** The bytes of a document; no two are equal, so that none is taken for the same file sent again. */
export function scripted(script: Script): Uint8Array {
  return Buffer.from(`%PDF-1.7\n${JSON.stringify(script)}\n${randomUUID()}\n%%EOF\n`);
}
