// Files a job hands to a child: copied from storage into the child's own folder, byte by byte and
// unread.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "@legible/shared/errors";
import { FailureError } from "@legible/shared/failures";
import type { MimeType } from "@legible/shared/file-type";
import type { Storage } from "@legible/storage/storage";
import type { SandboxChild } from "../sandbox/sandbox-child.ts";

/** An uploaded file of a task as the jobs use it. */
export type Source = {
  /** 1-based within the task. */
  position: number;
  storedPath: string;
  mimeType: MimeType;
  displayName: string;
  size: number;
  sha256: string;
};

/** The bare name a source has in a child's folder: the same for every job, so that a warm child finds it open. */
export function sourceName(taskId: string, position: number): string {
  return `${taskId}-${position}.bin`;
}

/** Storage has not, or not unharmed, what a row names. */
export class LostObject extends Error {
  constructor(key: string) {
    super(`${key} is missing, or its bytes are not those that were written.`);
    this.name = "LostObject";
  }
}

/**
 * Copies the object `key` into the child's folder as `name`, unless it is there already with the same size, and holds its bytes against
 * their SHA-256 (null: not known) on the way.
 * @throws LostObject
 */
export async function placeObject(
  storage: Storage,
  child: SandboxChild,
  { key, sha256 }: { key: string; sha256: string | null },
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const path = join(child.folder, name);
  const object = await storage.get(key).catch((error: unknown) => {
    throw error instanceof AppError && error.code === "NOT_FOUND" ? new LostObject(key) : error;
  });
  const present = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (present?.size === object.size) {
    object.body.destroy();
    return;
  }
  const hash = createHash("sha256");
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(object.body, hashed, createWriteStream(path, { mode: 0o600 }), { signal });
  if (sha256 === null || hash.digest("hex") === sha256) return;
  // Otherwise the next use would find it there.
  await rm(path);
  throw new LostObject(key);
}

/** Puts an uploaded file into the child's folder. @throws FailureError DAMAGED_FILE when it is not what was uploaded any more. */
export async function placeSource(
  storage: Storage,
  child: SandboxChild,
  taskId: string,
  source: Source,
  signal: AbortSignal,
): Promise<void> {
  const object = { key: source.storedPath, sha256: source.sha256 };
  try {
    await placeObject(storage, child, object, sourceName(taskId, source.position), signal);
  } catch (error) {
    throw error instanceof LostObject ? new FailureError("DAMAGED_FILE", { cause: error }) : error;
  }
}

/** What a child is told about a source that lies in its folder. */
export function inputFile(taskId: string, source: Source): { name: string; mimeType: MimeType } {
  return { name: sourceName(taskId, source.position), mimeType: source.mimeType };
}
