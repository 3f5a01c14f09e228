// The storage on a local folder. A key is a path below it. An object appears by one rename after its bytes are on the disk;
// links, pipes and devices that somebody put into the folder are never followed or read.
import { createHash } from "node:crypto";
import { close, constants, createReadStream, fstat, open as openDescriptor } from "node:fs";
import { type FileHandle, lstat, mkdir, open, opendir, realpath, rename, rm, statfs } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { promisify } from "node:util";
import { AppError } from "@legible/shared/errors";
import { incomingPath, sweepIncoming } from "./incoming.ts";
import { assertKey, assertPrefix, isKey } from "./keys.ts";
import type { ByteRange, PutOptions, Storage, StoredObject } from "./storage.ts";

/** Opens (and makes) the storage in `folder`, and removes what killed writers left. Throws when it cannot be written. */
export async function openDiskStorage(folder: string): Promise<Storage> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const root = await realpath(folder);
  await sweepIncoming(root);
  return {
    put: (key, source, options) => put(root, key, source, options ?? {}),
    get: (key, range) => get(root, key, range),
    size: (key) => size(root, key),
    remove: (key) => remove(root, key),
    removePrefix: (prefix) => removePrefix(root, prefix),
    list: (prefix) => list(root, prefix),
    free: async () => {
      const stats = await statfs(root);
      return stats.bavail * stats.bsize;
    },
  };
}

async function put(
  root: string,
  key: string,
  source: AsyncIterable<Uint8Array>,
  options: PutOptions,
): Promise<StoredObject> {
  assertKey(key);
  options.signal?.throwIfAborted();
  const path = join(root, key);
  const aside = incomingPath(root);
  try {
    const written = await writeAside(aside, source, options);
    await ontoDisk(() => moveInPlace(root, aside, path));
    return written;
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

async function writeAside(
  aside: string,
  source: AsyncIterable<Uint8Array>,
  options: PutOptions,
): Promise<StoredObject> {
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
  const file = await ontoDisk(() => open(aside, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600));
  try {
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of untilAborted(source, options.signal)) {
      size += chunk.length;
      if (options.maxBytes !== undefined && size > options.maxBytes) throw new AppError("TOO_LARGE");
      hash.update(chunk);
      await ontoDisk(() => writeAll(file, chunk));
    }
    await ontoDisk(() => file.sync());
    options.signal?.throwIfAborted();
    return { size, sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  let offset = 0;
  while (offset < chunk.length) offset += (await file.write(chunk, offset)).bytesWritten;
}

/** The chunks of `source`; an abort ends the wait for the next one even when the source never yields again. */
async function* untilAborted(source: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined) {
  const iterator = source[Symbol.asyncIterator]();
  const aborted = Promise.withResolvers<never>();
  // Nobody may be waiting when the abort comes; the rejection is seen by the next race.
  aborted.promise.catch(() => undefined);
  const onAbort = () => aborted.reject(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  let finished = false;
  try {
    while (true) {
      signal?.throwIfAborted();
      const next = await Promise.race([iterator.next(), aborted.promise]);
      finished = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    // Not awaited: a generator that hangs in its own await would never answer. Its failure is no news after ours.
    if (!finished) Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

async function moveInPlace(root: string, aside: string, path: string): Promise<void> {
  const folder = dirname(path);
  // A delete of the same task may remove the folder between the two calls: make it again, a few times.
  for (let tries = 0; ; tries++) {
    const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await isInside(root, folder))) throw new Error("a folder of the storage is a link");
    try {
      await rename(aside, path);
    } catch (error) {
      if (codeOf(error) === "ENOENT" && tries < 3) continue;
      throw error;
    }
    await syncFolder(folder);
    // A folder lasts only when the entry in its parent is on the disk as well.
    const lasting = firstMade === undefined ? folder : dirname(firstMade);
    for (let made = folder; made !== lasting && made !== root; made = dirname(made)) await syncFolder(dirname(made));
    return;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function get(root: string, key: string, range: ByteRange | undefined) {
  assertKey(key);
  const path = join(root, key);
  // O_NONBLOCK: opening a pipe would wait for its writer. O_NOFOLLOW: a link fails with ELOOP.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  // A bare descriptor, not a FileHandle: a handle that a caller forgets ends the process when it is collected.
  const fd = await promisify(openDescriptor)(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    throw unreadable.has(codeOf(error)) ? new AppError("NOT_FOUND", undefined, { cause: error }) : error;
  });
  try {
    const stats = await promisify(fstat)(fd);
    if (!stats.isFile() || !(await isInside(root, dirname(path)))) throw new AppError("NOT_FOUND");
    const span = range === undefined ? {} : cutRange(range, stats.size);
    return { body: createReadStream(path, { fd, ...span }), size: stats.size };
  } catch (error) {
    await promisify(close)(fd);
    throw error;
  }
}

/** What opening something other than a regular file, or nothing, answers. ENXIO: a socket. */
const unreadable = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENXIO", "EISDIR"]);

function cutRange({ start, end }: ByteRange, size: number): ByteRange {
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  if (!whole || start < 0 || end < start || start >= size)
    throw new AppError("INVALID_INPUT", "The range is not valid.");
  return { start, end: Math.min(end, size - 1) };
}

async function size(root: string, key: string): Promise<number | undefined> {
  assertKey(key);
  const path = join(root, key);
  const stats = await lstat(path).catch(absent);
  return stats?.isFile() && (await isInside(root, dirname(path))) ? stats.size : undefined;
}

async function remove(root: string, key: string): Promise<void> {
  assertKey(key);
  const path = join(root, key);
  if (!(await isInside(root, dirname(path)))) return;
  await rm(path, { force: true });
  await syncFolder(dirname(path));
}

async function removePrefix(root: string, prefix: string): Promise<void> {
  assertPrefix(prefix);
  const folder = join(root, prefix.slice(0, -1));
  const parent = dirname(folder);
  if ((await lstat(folder).catch(absent)) === undefined || !(await isInside(root, parent))) return;
  // Retries: a put may make a file in a folder that is just being emptied.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  await syncFolder(parent);
}

async function* list(root: string, prefix: string): AsyncGenerator<string> {
  if (prefix !== "") assertPrefix(prefix);
  const folder = join(root, prefix);
  if (!(await isInside(root, folder.replace(/[/\\]$/u, "")))) return;
  const entries = await opendir(folder).catch(absent);
  if (entries === undefined) return;
  for await (const entry of entries) {
    const key = `${prefix}${entry.name}`;
    if (!isKey(key)) continue;
    if (entry.isDirectory()) yield* list(root, `${key}/`);
    else if (entry.isFile()) yield key;
  }
}

/** True when `folder` is where its path says: no link on the way leads elsewhere. */
async function isInside(root: string, folder: string): Promise<boolean> {
  const real = await realpath(folder).catch(absent);
  return real === folder && (real === root || real.startsWith(root + sep));
}

/** For `.catch`: undefined when the error says that nothing is there. */
function absent(error: unknown): undefined {
  if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
  throw error;
}

/** Runs `work` and turns a full disk or a used-up disk quota into STORAGE_FULL. */
async function ontoDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStorageError(error);
  }
}

/** STORAGE_FULL for what a full disk answers; any other error unchanged. */
export function toStorageError(error: unknown): unknown {
  const code = codeOf(error);
  return code === "ENOSPC" || code === "EDQUOT" ? new AppError("STORAGE_FULL", undefined, { cause: error }) : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
