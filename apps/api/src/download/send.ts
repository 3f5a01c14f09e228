// What the storage holds as an answer: always as an attachment, never as something the browser would run.
import { createHash } from "node:crypto";
import { AppError } from "@legible/shared/errors";
import type { Storage } from "@legible/storage/storage";
import type { FastifyReply, FastifyRequest } from "fastify";
import { toErrorBody } from "../error.ts";
import { contentDisposition } from "./disposition.ts";
import { archive, readParts, wholeObject } from "./parts.ts";
import { parseRange } from "./range.ts";

export type Download = {
  key: string;
  /** The PDF that belongs into the archive in `key`. */
  pdfKey?: string;
  /** Changes whenever the bytes do. */
  version: string;
  name: string;
  mimeType: string;
};

/** @throws AppError NOT_FOUND when the object is gone. */
export async function sendObject(
  storage: Storage,
  request: FastifyRequest,
  reply: FastifyReply,
  download: Download,
): Promise<FastifyReply> {
  const { key, pdfKey } = download;
  const parts = await (pdfKey === undefined ? wholeObject(storage, key) : archive(storage, key, pdfKey));
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const etag = `"${createHash("sha256").update(download.version).digest("base64url")}"`;
  reply.headers({
    etag,
    "accept-ranges": "bytes",
    "cache-control": "private, no-store",
    "content-security-policy": "sandbox; default-src 'none'",
  });
  if (namesTag(request.headers["if-none-match"], etag)) return reply.code(304).send();

  const ifRange = request.headers["if-range"];
  const range = ifRange === undefined || ifRange === etag ? parseRange(request.headers.range, size) : undefined;
  if (range === "unsatisfiable") {
    const refused = new AppError("INVALID_INPUT", "The range lies beyond the end of the file.");
    reply.header("content-range", `bytes */${size}`);
    return reply.code(416).send(toErrorBody(refused, request.id));
  }
  const body = await readParts(storage, parts, range);
  reply.headers({
    "content-type": download.mimeType,
    "content-disposition": contentDisposition(download.name),
    "content-length": range === undefined ? size : range.end - range.start + 1,
  });
  if (range !== undefined) reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${size}`);
  return reply.send(body);
}

/** Whether an If-None-Match header names `etag`. */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//u, "") === etag);
}
