// Refusals that need no round trip. The server checks the same again: nothing here protects anything.
import { sniffBytes, sniffMimeType } from "@legible/shared/file-type";
import type { Problem } from "../api/problem.ts";

/** Why `file` cannot be read, by its size and first bytes; undefined when it may be. Its name and type decide nothing. */
export async function checkFile(file: Blob, fileBytes: number): Promise<Problem | undefined> {
  if (file.size === 0) return { code: "EMPTY_FILE", requestId: null };
  if (file.size > fileBytes) return { code: "TOO_LARGE", requestId: null };
  const head = new Uint8Array(await file.slice(0, sniffBytes).arrayBuffer());
  return sniffMimeType(head) === undefined ? { code: "UNSUPPORTED_TYPE", requestId: null } : undefined;
}
