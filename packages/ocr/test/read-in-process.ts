// Inspects and reads the first page of a PDF without a sandbox, with an engine that finds one word.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OcrMode } from "@legible/shared/options";
import type { Engine } from "../src/pipeline/engine/engine.ts";
import { inspectPages } from "../src/pipeline/inspect.ts";
import { openPdf } from "../src/pipeline/pdf/pdf-file.ts";
import { readPage } from "../src/pipeline/read-page.ts";
import { pageText } from "../src/render/json.ts";
import type { DecidedPage, ReadPageAnswer } from "../src/sandbox/protocol.ts";
import { makeFolder } from "./make-pool.ts";

const box = [10, 10, 200, 40] as [number, number, number, number];
const line = { words: [{ text: "recognised", bbox: box, confidence: 90 }], bbox: box, baseline: box };
export const oneWordEngine: Engine = {
  recognise: async () => [{ lines: [line] }],
  installed: async () => [],
  close: async () => undefined,
};

export async function readInProcess(
  bytes: Uint8Array,
  { mode = "auto", engine = oneWordEngine }: { mode?: OcrMode; engine?: Engine } = {},
): Promise<{ decided: DecidedPage; answer: ReadPageAnswer; text: string }> {
  const path = join(await makeFolder(), "page.pdf");
  await writeFile(path, bytes);
  const file = await openPdf(path, undefined, 10);
  try {
    const [decided] = inspectPages(file, mode, 0, () => undefined);
    if (decided === undefined) throw new Error("The file has no page.");
    const request = {
      ...{ kind: "readPage" as const, file: { name: "page.pdf", mimeType: "application/pdf" as const } },
      ...{ index: 0, number: 1, languages: ["eng"], rotate: false, deskew: false, maxPixels: 100_000_000 },
      ...{ mode, decision: decided.decision },
    };
    const answer = await readPage(file, request, { engine, signal: new AbortController().signal });
    return { decided, answer, text: pageText(answer.page) };
  } finally {
    file.close();
  }
}
