// What a download is made of: one object, or for the archive two laid into each other.

import { Readable } from "node:stream";
import { endRecordBytes, holeOf } from "@legible/shared/bundle";
import { AppError } from "@legible/shared/errors";
import type { Storage } from "@legible/storage/storage";

/** Bytes of a stored object. */
export type Part = { key: string; start: number; length: number };

/** The whole object `key`. @throws AppError NOT_FOUND when it is gone. */
export async function wholeObject(storage: Storage, key: string): Promise<Part[]> {
  return [{ key, start: 0, length: await sizeOf(storage, key) }];
}

/** The archive in `key` with the PDF in its place. @throws AppError NOT_FOUND when one is gone or they do not fit. */
export async function archive(storage: Storage, key: string, pdfKey: string): Promise<Part[]> {
  const [size, pdfSize] = [await sizeOf(storage, key), await sizeOf(storage, pdfKey)];
  const end = await storage.get(key, { start: Math.max(0, size - endRecordBytes), end: size - 1 });
  const hole = holeOf(Buffer.concat(await end.body.toArray()), size, pdfSize);
  if (hole === undefined) throw new AppError("NOT_FOUND");
  return [
    { key, start: 0, length: hole },
    { key: pdfKey, start: 0, length: pdfSize },
    { key, start: hole, length: size - hole },
  ];
}

/** The bytes of `parts` one after another; `range` (ends included) counts over all of them. */
export async function readParts(
  storage: Storage,
  parts: readonly Part[],
  range: { start: number; end: number } | undefined,
): Promise<Readable> {
  const wanted = range === undefined ? parts : cut(parts, range);
  const [only, ...others] = wanted;
  if (only !== undefined && others.length === 0) return (await storage.get(only.key, bytesOf(only))).body;
  return Readable.from(inTurn(storage, wanted), { objectMode: false });
}

async function* inTurn(storage: Storage, parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* (await storage.get(part.key, bytesOf(part))).body;
}

function cut(parts: readonly Part[], { start, end }: { start: number; end: number }): Part[] {
  let before = 0;
  return parts.flatMap((part) => {
    const first = Math.max(0, start - before);
    const length = Math.min(part.length, end + 1 - before) - first;
    before += part.length;
    return length > 0 ? [{ key: part.key, start: part.start + first, length }] : [];
  });
}

/** Undefined for an empty object, which has no first byte to name. */
function bytesOf({ start, length }: Part): { start: number; end: number } | undefined {
  return length === 0 ? undefined : { start, end: start + length - 1 };
}

async function sizeOf(storage: Storage, key: string): Promise<number> {
  const size = await storage.size(key);
  if (size === undefined) throw new AppError("NOT_FOUND");
  return size;
}
