// What tests and stub processes share: requests, and where the stubs lie.
import { join } from "node:path";
import type { ReadingReason } from "@legible/shared/reading-reason";
import type { InspectRequest } from "../../src/sandbox/protocol.ts";

export const quiet = { info() {}, warn() {}, error() {} };

export const someReason: ReadingReason = { code: "IMAGE", params: {} };

export function stub(name: "probe" | "misbehave" | "hang"): string {
  return join(import.meta.dirname, `${name}.ts`);
}

export function inspectRequest(name: string, more: Partial<InspectRequest> = {}): InspectRequest {
  const file = { name, mimeType: "application/pdf" as const };
  return { kind: "inspect", file, mode: "auto", maxPages: 2000, maxPixels: 100_000_000, ...more };
}
