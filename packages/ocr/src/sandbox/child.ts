// The sandboxed process: the only place where uploaded bytes are parsed. One call at a time comes in as a line on descriptor 3.
// It holds no secret and no connection; when the descriptor closes, or a decoder breaks half-way, it ends.
import { Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { FailureError } from "@legible/shared/failures";
import { defaultLimits } from "@legible/shared/limits";
import type { z } from "zod";
import { describeEngine } from "../pipeline/engine/describe-engine.ts";
import { tesseractEngine } from "../pipeline/engine/tesseract.ts";
import { inspectPages } from "../pipeline/inspect.ts";
import { fileCache } from "../pipeline/open-file.ts";
import { saysOutOfMemory } from "../pipeline/out-of-memory.ts";
import { writePreviews } from "../pipeline/page-preview.ts";
import { isTrap } from "../pipeline/pdf/pdfium.ts";
import { pixelsAhead, pixelsName } from "../pipeline/pixels-ahead.ts";
import { readPage } from "../pipeline/read-page.ts";
import { warmUp } from "../pipeline/warm-up.ts";
import { callSchema, type Note, type Reply, type requestSchema } from "./protocol.ts";

/** The parent's end of the conversation (see spawn.ts). */
const channel = new Socket({ fd: 3 });
const folder = process.cwd();
/** The parent names an administrator's folder of language files as the last argument. */
const languagesDir = process.argv[2];
/** Nothing inside the process aborts a call: the parent kills it. */
const never = new AbortController().signal;

let current = 0;
const files = fileCache();
const ahead = pixelsAhead();
const engine = tesseractEngine({
  ...(languagesDir === undefined ? {} : { languagesDir }),
  onLanguages: (state) => note({ languages: state }),
});

function send(reply: Reply, done?: () => void): void {
  channel.write(`${JSON.stringify(reply)}\n`, done);
}

function note(news: Note): void {
  send({ id: current, note: news });
}

async function answer(request: z.output<typeof requestSchema>): Promise<unknown> {
  if (request.kind === "assemble") {
    const { assemble } = await import("../render/assemble.ts");
    return assemble(request, folder, await describeEngine(request.languages, languagesDir));
  }
  if (request.kind === "warm") {
    await warmUp(engine, request.languages, never);
    return {};
  }
  const opening = {
    path: join(folder, request.file.name),
    mimeType: request.file.mimeType,
    password: request.password,
    maxPages: request.kind === "inspect" ? request.maxPages : defaultLimits.pagesPerTask * 50,
    maxPixels: request.maxPixels,
  };
  const file = await files.open(opening);
  if (request.kind === "look") return { pixels: pixelsName(await ahead.look(file, request.index)) };
  if (request.kind === "preview") return writePreviews(file, request, folder);
  if (request.kind === "readPage") {
    const busy = request.next === undefined ? engine : ahead.during(engine, file, request.next);
    return readPage(file, request, { engine: busy, signal: never, pixels: ahead.take });
  }
  note({ pageCount: file.pageCount });
  return { pages: inspectPages(file, request.mode, request.firstPage, (page) => note({ page })) };
}

async function take(line: string): Promise<void> {
  const { id, request } = callSchema.parse(JSON.parse(line));
  current = id;
  try {
    const result = await answer(request);
    send({ id, answer: result, rss: process.memoryUsage.rss() }, () => {
      if (ahead.broken()) process.exit(1);
    });
  } catch (error) {
    const failure = toFailure(error);
    const broken = isTrap(error) || !(error instanceof FailureError) || ahead.broken();
    const detail = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : "";
    send({ id, failure: failure.code, detail, broken, rss: process.memoryUsage.rss() }, () => {
      if (broken) process.exit(1);
    });
  }
}

/** pdfium aborts when memory is refused, and says nothing; with less than this held, bytes, it was something else. */
const abortedForMemoryRss = 450_000_000;

function toFailure(error: unknown): FailureError {
  if (error instanceof FailureError) return error;
  const text = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  const memory = saysOutOfMemory(text) || (isTrap(error) && process.memoryUsage.rss() > abortedForMemoryRss);
  return new FailureError(memory ? "OUT_OF_MEMORY" : "ENGINE_CRASHED", { cause: error });
}

// A thread that fails outside of any call leaves nothing to rely on.
process.on("uncaughtException", () => process.exit(70));
channel.on("error", () => process.exit(0));
channel.on("end", () => process.exit(0));
createInterface({ input: channel }).on("line", (line) => {
  take(line).catch(() => process.exit(70));
});
send({ ready: true });
