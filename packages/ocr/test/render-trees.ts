// Small page trees and the tools that read finished PDFs back.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Block, Box, Page, Word } from "@legible/shared/document";
import type { MimeType } from "@legible/shared/file-type";
import type { NoteCode } from "@legible/shared/notes";
import { describeEngine } from "../src/pipeline/engine/describe-engine.ts";
import { assemble } from "../src/render/assemble.ts";
import type { AssembleRequest } from "../src/sandbox/protocol.ts";

/** A page of 900 × 600 px at 150 dpi: 432 × 288 pt. */
export const pageSize = { width: 900, height: 600, dpi: 150 };
const letterWidth = 16;
const wordGap = 14;
const lineHeight = 36;

/** A block of lines of words, set left to right from `x`, `y`, px. Words are what spaces separate. */
export function makeBlock(id: string, x: number, y: number, lines: string[], over: Partial<Block> = {}): Block {
  let count = 0;
  const made = lines.map((line, row) => {
    let at = x;
    const top = y + row * (lineHeight + 20);
    const words: Word[] = line.split(" ").map((text) => {
      const width = [...text].length * letterWidth;
      const bbox: Box = [at, top, at + width, top + lineHeight];
      at += width + wordGap;
      count += 1;
      return { id: `${id}w${count}`, text, bbox, confidence: 90 };
    });
    const baseline: Box = [x, top + 28, at - wordGap, top + 28];
    return { bbox: [x, top, at - wordGap, top + lineHeight] as Box, baseline, words };
  });
  const right = Math.max(...made.map((line) => line.bbox[2]));
  const bottom = made.at(-1)?.bbox[3] ?? y;
  return { id, type: "paragraph", bbox: [x, y, right, bottom], confidence: 90, lines: made, ...over };
}

export function makePage(number: number, blocks: Block[], over: Partial<Page> = {}): Page {
  return {
    number,
    ...pageSize,
    unit: "px",
    source: "ocr",
    rotation: 0,
    rotationConfidence: null,
    deskewDegrees: 0,
    confidence: 90,
    error: null,
    blocks,
    ...over,
  };
}

export type Input = {
  bytes: Uint8Array;
  mimeType: MimeType;
  pages: { tree: Page; index: number }[];
  password?: string;
};

export type Assembled = {
  folder: string;
  json: string;
  markdown: string;
  pdf: Buffer;
  pdfPath: string;
  notes: NoteCode[];
};

/** Assembles `inputs` in a folder of its own, which `cleanUp` removes. */
export async function assembleIn(
  inputs: Input[],
  languages = ["eng"],
  over: { pdfa?: boolean } = {},
): Promise<Assembled> {
  const folder = await makeFolder();
  const pages: AssembleRequest["pages"] = [];
  const files: AssembleRequest["files"] = [];
  for (const [position, input] of inputs.entries()) {
    const name = `input-${position + 1}`;
    await writeFile(join(folder, name), input.bytes);
    const password = input.password === undefined ? {} : { password: input.password };
    const { mimeType } = input;
    files.push({
      name,
      mimeType,
      displayName: `File ${position + 1}`,
      size: input.bytes.length,
      sha256: "ab",
      ...password,
    });
    for (const { tree, index } of input.pages) {
      await writeFile(join(folder, `page-${tree.number}.json`), JSON.stringify(tree));
      pages.push({ name: `page-${tree.number}.json`, filePosition: position + 1, index });
    }
  }
  const createdAt = "2026-01-02T03:04:05.000Z";
  const request = { kind: "assemble" as const, taskId: "task", createdAt, files, pages, languages, ...over };
  const answer = await assemble(request, folder, await describeEngine(languages, undefined));
  const pdfPath = join(folder, answer.pdf);
  return {
    folder,
    json: await readFile(join(folder, answer.json), "utf8"),
    markdown: await readFile(join(folder, answer.markdown), "utf8"),
    pdf: await readFile(pdfPath),
    pdfPath,
    notes: answer.notes,
  };
}

const folders: string[] = [];

export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "legible-render-"));
  folders.push(folder);
  return folder;
}

export async function cleanUp(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
}

/** Runs qpdf or a tool of poppler-utils. A missing tool fails the test: without it nothing would be checked. */
export async function run(tool: string, ...parameters: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(tool, parameters, { maxBuffer: 50_000_000 })).stdout;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new Error(`${tool} is not installed. Install the packages qpdf and poppler-utils to run these tests.`);
    }
    throw error;
  }
}

/** The PDF with every stream that is not an image unpacked, as text. */
export async function unpacked(path: string): Promise<string> {
  const target = `${path}.qdf`;
  await run("qpdf", "--qdf", "--object-streams=disable", path, target);
  return readFile(target, "latin1");
}

export type PlacedWord = { text: string; box: Box };

/** Words with boxes in pt of the page as shown, as poppler sees them. */
export async function placedWords(path: string): Promise<PlacedWord[]> {
  const html = await run("pdftotext", "-bbox", "-cropbox", path, "-");
  const pattern = /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/gu;
  return Array.from(html.matchAll(pattern), ([, x0, y0, x1, y1, text]) => ({
    text: text ?? "",
    box: [Number(x0), Number(y0), Number(x1), Number(y1)],
  }));
}

export function treeWords(page: Page): Word[] {
  return page.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
}
