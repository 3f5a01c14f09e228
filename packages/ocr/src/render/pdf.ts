// result.pdf: one document of all pages, in order. A single PDF keeps its own structure (bookmarks, links, labels, forms);
// images and joined files make a new document.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@legible/shared/document";
import { FailureError } from "@legible/shared/failures";
import type { NoteCode } from "@legible/shared/notes";
import { PDFDocument } from "pdf-lib";
import { isTrap } from "../pipeline/pdf/pdfium.ts";
import type { AssembleRequest } from "../sandbox/protocol.ts";
import { removeActiveContent } from "./active-content.ts";
import { scratchPath } from "./decoded-image.ts";
import { writeDocumentInfo } from "./document-info.ts";
import { createLayerFont, type LayerFont } from "./layer-font.ts";
import { readPageTree } from "./page-tree.ts";
import { addImagePage, addPage } from "./pdf-from-image.ts";
import { searchablePdf, type WantedPage } from "./pdf-from-pdf.ts";
import { addRebuiltPages } from "./pdf-rebuilt.ts";
import { writePdf } from "./pdf-writer.ts";
import { makePdfa } from "./pdfa/make-pdfa.ts";
import { openPdfiumFile, type PdfiumFile } from "./pdfium-file.ts";

type InputFile = AssembleRequest["files"][number];
type Part = { file: InputFile; position: number; wanted: WantedPage[] };
type Searchable = { document: PDFDocument; signed: boolean };

/** Writes the searchable PDF of `request` to `path` and yields what is worth knowing of it. Needs room in `folder` for decoded images. */
export async function writeSearchablePdf(request: AssembleRequest, folder: string, path: string): Promise<NoteCode[]> {
  const parts = toParts(request, folder);
  const [only, ...others] = parts;
  const alone = only !== undefined && others.length === 0 && only.file.mimeType === "application/pdf";
  const { document, signed } =
    (alone ? await ownDocument(only, folder) : undefined) ?? (await newDocument(parts, folder));
  const obstacles = request.pdfa === true ? makePdfa(document) : [];
  writeDocumentInfo(document, request, { signed, pdfa: request.pdfa === true && obstacles.length === 0 });
  await writePdf(document.context, path);
  return [...(signed ? (["SOURCE_SIGNED"] as const) : []), ...obstacles];
}

/** The pages in document order, grouped by the file they come from. */
function toParts(request: AssembleRequest, folder: string): Part[] {
  const parts: Part[] = [];
  for (const entry of request.pages) {
    const file = request.files[entry.filePosition - 1];
    if (file === undefined) throw new Error(`There is no file ${entry.filePosition}`);
    let part = parts.at(-1);
    if (part?.position !== entry.filePosition) {
      part = { file, position: entry.filePosition, wanted: [] };
      parts.push(part);
    }
    part?.wanted.push({ index: entry.index, readTree: () => readPageTree(folder, entry) });
  }
  return parts;
}

/** The part's own PDF made searchable; undefined when pdf-lib cannot read it, not even after pdfium wrote it anew. */
async function ownDocument(part: Part, folder: string): Promise<Searchable | undefined> {
  const path = join(folder, part.file.name);
  return withPdfium(path, part.file.password, async (opened) => {
    if (opened === undefined) return undefined;
    const { pageCount } = opened;
    const copy = join(folder, `plain-${part.position}.pdf`);
    let made = await tried(path, pageCount, part.wanted);
    if (made === undefined && opened.saveCopy(copy)) made = await tried(copy, pageCount, part.wanted);
    return made === undefined ? undefined : { ...made, signed: made.signed || opened.signed };
  });
}

/** Undefined instead of an error: pdf-lib throws all kinds of them on files that others read, and there is another way. */
async function tried(path: string, pageCount: number, wanted: readonly WantedPage[]): Promise<Searchable | undefined> {
  try {
    const { document, cleaning } = await searchablePdf(await readFile(path), pageCount, wanted);
    return { document, signed: cleaning.formerFields.size > 0 };
  } catch {
    return undefined;
  }
}

async function newDocument(parts: readonly Part[], folder: string): Promise<Searchable> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const font = createLayerFont(document.context);
  let signed = false;
  for (const part of parts) {
    if (part.file.mimeType !== "application/pdf") {
      await addImages(document, font, part, folder);
      continue;
    }
    const own = parts.length > 1 ? await ownDocument(part, folder) : undefined;
    if (own === undefined) {
      await withPdfium(join(folder, part.file.name), part.file.password, (opened) => {
        signed ||= opened?.signed === true;
        return addRebuiltPages(document, font, opened, part.wanted, folder);
      });
      continue;
    }
    signed ||= own.signed;
    for (const page of await document.copyPages(own.document, own.document.getPageIndices())) document.addPage(page);
  }
  font.finish();
  removeActiveContent(document.context, []);
  return { document, signed };
}

async function addImages(document: PDFDocument, font: LayerFont, part: Part, folder: string): Promise<void> {
  for (const { index, readTree } of part.wanted) {
    const tree: Page = await readTree();
    const path = join(folder, part.file.name);
    const source = { path, mimeType: part.file.mimeType, index, scratch: scratchPath(folder, tree.number) };
    // What could not be read need not be decodable; its place in the document is kept.
    if (tree.source === "failed") addPage(document, font, tree, undefined);
    else await asDamage(addImagePage(document, font, source, tree));
  }
}

/** sharp and the bitmap reader throw plain errors; a trap of their WebAssembly is no matter of the file and goes on as it is. */
async function asDamage(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError || isTrap(error)) throw error;
    throw new FailureError("DAMAGED_FILE", { cause: error });
  }
}

async function withPdfium<T>(
  path: string,
  password: string | undefined,
  work: (opened: PdfiumFile | undefined) => Promise<T>,
): Promise<T> {
  const opened = await openPdfiumFile(path, password);
  try {
    return await work(opened);
  } finally {
    opened?.close();
  }
}
