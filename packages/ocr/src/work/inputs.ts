// Files a job hands to a child: copied from storage into the child's own folder, byte by byte and unread.
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
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

/**
 * Copies the object `key` into the child's folder as `name`, unless it is there already with the same size.
 * @throws AppError NOT_FOUND when storage has no such object.
 */
export async function placeObject(
  storage: Storage,
  child: SandboxChild,
  key: string,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const path = join(child.folder, name);
  const object = await storage.get(key);
  const present = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (present?.size === object.size) {
    object.body.destroy();
    return;
  }
  await pipeline(object.body, createWriteStream(path, { mode: 0o600 }), { signal });
}

/** What a child is told about a source that lies in its folder. */
export function inputFile(taskId: string, source: Source): { name: string; mimeType: MimeType } {
  return { name: sourceName(taskId, source.position), mimeType: source.mimeType };
}
