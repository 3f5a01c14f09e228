// Keys are made here and nowhere else, from ids and numbers: no part of a name that a person chose ever becomes a path.
// A page's and a result's key carries the lease of its writer, so that a writer who lost its lease cannot overwrite.
import type { ResultFormat } from "@legible/shared/result-format";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
/** Segments start with a letter or digit, so that neither "..", ".incoming" nor "-rf" is one. */
const key = /^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)*(?:\.[a-z0-9]{1,8})?$/u;
/** Far below the 1,024 bytes of S3 and the 4,096 of Linux paths. */
const maxKeyLength = 300;

const extensions: Record<ResultFormat, string> = {
  json: "json",
  markdown: "md",
  pdf: "pdf",
  txt: "txt",
  hocr: "hocr",
  alto: "xml",
  // Not a whole archive: see packages/shared/src/bundle.ts.
  zip: "bundle",
};

/** Everything of a task is below this prefix. */
export function taskPrefix(taskId: string): string {
  return `tasks/${checkedUuid(taskId)}/`;
}

/**
 * The original at `position` (1-based) of a task. `upload` is a random UUID: two uploads to one place never share an object,
 * so that the row always names the bytes whose hash it holds.
 */
export function uploadKey(taskId: string, position: number, upload: string): string {
  return `${uploadPrefix(taskId, position, upload)}original`;
}

/** Everything of one upload: what is removed when it is refused or replaced. */
export function uploadPrefix(taskId: string, position: number, upload: string): string {
  return `${taskPrefix(taskId)}uploads/${checkedNumber(position)}/${checkedUuid(upload)}/`;
}

/** The tree of page `number` (1-based), as read in `attempt` by the holder of `lease`. */
export function pageKey(taskId: string, attempt: number, number: number, lease: string): string {
  return `${pagePrefix(taskId, attempt)}${checkedNumber(number)}-${checkedUuid(lease)}.json`;
}

export type PreviewSize = "full" | "thumbnail";

/**
 * A picture of page `number` (1-based) of `attempt`, turned by `rotation` degrees. It depends on the original and on nothing else, so
 * corrections leave it as it is and whoever makes it again makes the same.
 */
export function previewKey(
  taskId: string,
  attempt: number,
  page: { number: number; rotation: number },
  size: PreviewSize,
): string {
  const name = `${checkedNumber(page.number)}-turned-${checkedNumber(page.rotation)}-${size}.jpg`;
  return `${pagePrefix(taskId, attempt)}${name}`;
}

/** Pictures and trees of the pages of `attempt`. */
export function pagePrefix(taskId: string, attempt: number): string {
  return `${taskPrefix(taskId)}pages/${checkedNumber(attempt)}/`;
}

/** A result of `attempt`, as written by the holder of `lease`. */
export function resultKey(taskId: string, attempt: number, lease: string, format: ResultFormat): string {
  return `${resultPrefix(taskId, attempt, lease)}result.${extensions[format]}`;
}

/** The key of another result of the same assembly. `result` is a key made by `resultKey`. */
export function resultBeside(result: string, format: ResultFormat): string {
  const beside = `${result.slice(0, result.lastIndexOf("/") + 1)}result.${extensions[format]}`;
  assertKey(beside);
  return beside;
}

/** Everything that the holder of `lease` assembled. */
export function resultPrefix(taskId: string, attempt: number, lease: string): string {
  return `${taskPrefix(taskId)}results/${checkedNumber(attempt)}/${checkedUuid(lease)}/`;
}

/** Drivers call this first. Throws a TypeError: a bad key is a mistake of ours, not of a caller. */
export function assertKey(candidate: string): void {
  if (candidate.length > maxKeyLength || !key.test(candidate)) throw new TypeError("not a storage key");
}

/** A prefix is a key followed by "/". Throws a TypeError. */
export function assertPrefix(candidate: string): void {
  if (!candidate.endsWith("/")) throw new TypeError("a storage prefix ends in a slash");
  assertKey(candidate.slice(0, -1));
}

/** True for a string that `assertKey` accepts: a listing leaves out files that are not ours. */
export function isKey(candidate: string): boolean {
  return candidate.length <= maxKeyLength && key.test(candidate);
}

function checkedUuid(value: string): string {
  const lower = value.toLowerCase();
  if (!uuid.test(lower)) throw new TypeError("not a UUID");
  return lower;
}

function checkedNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError("not a whole number");
  return value;
}
