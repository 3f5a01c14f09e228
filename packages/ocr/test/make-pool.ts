// A pool of sandboxed children with its own work folder, closed and removed after the test file.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sniffMimeType } from "@legible/shared/file-type";
import { afterAll } from "vitest";
import { openSandboxPool, type SandboxPool, type SandboxPoolOptions } from "../src/sandbox/pool.ts";
import type { InspectAnswer, ReadPageAnswer, ReadPageRequest } from "../src/sandbox/protocol.ts";
import type { SandboxChild } from "../src/sandbox/sandbox-child.ts";
import { quiet } from "./stubs/requests.ts";

export const never = new AbortController().signal;

/** Removed after the test file. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "legible-ocr-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function makePool(options: Partial<SandboxPoolOptions> = {}): Promise<SandboxPool & { workRoot: string }> {
  const workRoot = await makeFolder();
  const pool = await openSandboxPool({ size: 1, workRoot, log: quiet, ...options });
  afterAll(() => pool.close());
  return { ...pool, workRoot };
}

export type Reading = { plan: InspectAnswer; pages: ReadPageAnswer[] };

/** Inspects and reads all pages of `bytes` in the pool, as the jobs do. The type is sniffed unless `mimeType` says otherwise. */
export function readDocument(
  pool: SandboxPool,
  bytes: Uint8Array,
  more: Partial<
    Pick<ReadPageRequest, "languages" | "mode" | "password" | "file" | "maxPixels" | "rotate" | "deskew">
  > & {
    maxPages?: number;
  } = {},
): Promise<Reading> {
  const { maxPages, languages, rotate = false, deskew = false, ...common } = more;
  return pool.use(
    async (child: SandboxChild) => {
      const mimeType = sniffMimeType(bytes) ?? "application/pdf";
      const file = { name: "input", mimeType };
      await writeFile(join(child.folder, file.name), bytes);
      const request = { file, mode: "auto" as const, maxPixels: 100_000_000, ...common };
      const call = { signal: never, timeoutMs: 30_000 };
      const plan = await child.inspect({ kind: "inspect", maxPages: maxPages ?? 2000, ...request }, call);
      const pages: ReadPageAnswer[] = [];
      for (const { index, decision } of plan.pages) {
        const page = { kind: "readPage" as const, index, number: index + 1, decision, rotate, deskew };
        pages.push(await child.readPage({ ...request, ...page, languages: languages ?? ["eng"] }, call));
      }
      return { plan, pages };
    },
    { signal: never },
  );
}

/** The words of a page, blocks and lines separated by spaces. */
export function textOf({ page }: ReadPageAnswer): string {
  return page.blocks.flatMap((block) => block.lines.flatMap((line) => line.words.map((word) => word.text))).join(" ");
}
