// The last step of a document, inside the sandbox: finished pages in, result files out, all from the same trees.

import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Engine, Page } from "@legible/shared/document";
import { FailureError } from "@legible/shared/failures";
import { fileStem } from "@legible/shared/file-name";
import { resultEndings } from "@legible/shared/result-format";
import type { AssembleAnswer, AssembleRequest } from "../sandbox/protocol.ts";
import { altoPieces } from "./alto.ts";
import { writeBundle } from "./bundle.ts";
import { hocrPieces } from "./hocr.ts";
import { jsonPieces } from "./json.ts";
import { markdownPieces } from "./markdown.ts";
import { readPageTrees } from "./page-tree.ts";
import { writeSearchablePdf } from "./pdf.ts";
import { findRunningLines, markRunningLines, type RunningLines } from "./running-lines.ts";
import { textPieces } from "./text.ts";

const names = {
  json: "result.json",
  markdown: "result.md",
  pdf: "result.pdf",
  txt: "result.txt",
  hocr: "result.hocr",
  alto: "result.xml",
  zip: "result.bundle",
};

/**
 * Writes the result files into `folder`, which holds the files and page trees that `request` names.
 * The same request on the same files gives the same bytes. The folder also receives files of its own (image-*, plain-*).
 * @throws FailureError NO_PAGES without pages, DAMAGED_FILE when an image can no longer be decoded.
 */
export async function assemble(request: AssembleRequest, folder: string, engine: Engine): Promise<AssembleAnswer> {
  if (request.pages.length === 0) throw new FailureError("NO_PAGES");
  const gathered: Gathered = { sum: 0, characters: 0, otherLanguage: false };
  const head = {
    taskId: request.taskId,
    createdAt: request.createdAt,
    source: {
      files: request.files.map(({ displayName, mimeType, size, sha256 }) => ({
        name: displayName,
        mimeType,
        size,
        sha256,
      })),
    },
    engine,
  };
  const title = request.files[0]?.displayName ?? "";
  const images = request.pages.map((page) => request.files[page.filePosition - 1]?.displayName ?? "");
  const running = await findRunningLines(readPageTrees(folder, request));
  const pages = () => marked(readPageTrees(folder, request), running);
  await writePieces(join(folder, names.json), jsonPieces(head, gathering(pages(), gathered)));
  await writePieces(join(folder, names.markdown), markdownPieces(pages()));
  await writePieces(join(folder, names.txt), textPieces(pages()));
  await writePieces(join(folder, names.hocr), hocrPieces({ title, engine, images }, pages()));
  await writePieces(join(folder, names.alto), altoPieces(head, pages()));
  const notes = await writeSearchablePdf(request, folder, join(folder, names.pdf));
  if (gathered.otherLanguage) notes.push("OTHER_LANGUAGE");
  const zip = (await writeZip(folder, title, head.createdAt)) ? names.zip : null;
  return { ...names, zip, notes, confidence: gathered.characters === 0 ? null : gathered.sum / gathered.characters };
}

/** All results, named after the document. */
function writeZip(folder: string, title: string, createdAt: string): Promise<boolean> {
  const packed = (format: Exclude<keyof typeof names, "zip">) => ({
    path: join(folder, names[format]),
    name: fileStem(title) + resultEndings[format],
  });
  const texts = (["json", "markdown", "txt", "hocr", "alto"] as const).map(packed);
  return writeBundle(join(folder, names.zip), texts, packed("pdf"), new Date(createdAt));
}

async function* marked(pages: AsyncIterable<Page>, running: RunningLines): AsyncGenerator<Page> {
  for await (const page of pages) yield markRunningLines(page, running);
}

/** What is learned of the pages on their way: confidence of the words, weighted by their length; a language that was not named. */
type Gathered = { sum: number; characters: number; otherLanguage: boolean };

async function* gathering(pages: AsyncIterable<Page>, gathered: Gathered): AsyncGenerator<Page> {
  for await (const page of pages) {
    if (page.suggestedLanguages !== undefined) gathered.otherLanguage = true;
    for (const { text, confidence } of page.blocks.flatMap((block) => block.lines.flatMap((line) => line.words))) {
      gathered.sum += confidence * text.length;
      gathered.characters += text.length;
    }
    yield page;
  }
}

/** A new file of `pieces`. The sandbox may not sync; storage does, when the parent puts the file there. */
async function writePieces(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = await open(path, "w");
  try {
    for await (const piece of pieces) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}
