// Opens an uploaded file as what its bytes say it is, and keeps the last one open between pages.
import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { FailureError } from "@legible/shared/failures";
import { type MimeType, sniffBytes, sniffMimeType } from "@legible/shared/file-type";
import { type ImageFile, openImage } from "./image/image-file.ts";
import { openPdf, type PdfFile } from "./pdf/pdf-file.ts";

export type OpenFile = PdfFile | ImageFile;

export type OpenRequest = {
  path: string;
  mimeType: MimeType;
  password: string | undefined;
  maxPages: number;
  maxPixels: number;
};

/** @throws FailureError EMPTY_FILE, UNSUPPORTED_CONTENT, and what the openers throw */
export async function openFile(request: OpenRequest): Promise<OpenFile> {
  await assertType(request);
  const { path, mimeType, maxPages, maxPixels } = request;
  if (mimeType === "application/pdf") return openPdf(path, request.password, maxPages);
  const image = await openImage(path, mimeType, maxPixels);
  if (image.pageCount > maxPages) throw new FailureError("TOO_MANY_PAGES");
  return image;
}

/** A memory of one open file. */
export type FileCache = {
  open(request: OpenRequest): Promise<OpenFile>;
};

/** Reopens only when the name, the file behind it, or the password is another. */
export function fileCache(): FileCache {
  let key = "";
  let last: OpenFile | undefined;
  return {
    async open(request) {
      const { ino, size, mtimeMs } = statSync(request.path);
      const wanted = JSON.stringify([request.path, ino, size, mtimeMs, request.password]);
      if (last !== undefined && key === wanted) return last;
      if (last?.kind === "pdf") last.close();
      last = undefined;
      last = await openFile(request);
      key = wanted;
      return last;
    },
  };
}

async function assertType({ path, mimeType }: OpenRequest): Promise<void> {
  const file = await open(path);
  try {
    const head = new Uint8Array(sniffBytes);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    if (bytesRead === 0) throw new FailureError("EMPTY_FILE");
    if (sniffMimeType(head.subarray(0, bytesRead)) !== mimeType) throw new FailureError("UNSUPPORTED_CONTENT");
  } finally {
    await file.close();
  }
}
