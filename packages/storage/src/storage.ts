// The port: where the bytes of uploads, pages and results are kept. Rows live in the database and name objects by key.
import type { Readable } from "node:stream";

export interface PutOptions {
  /** Refuse a source that yields more than this many bytes (TOO_LARGE), as soon as it does. */
  maxBytes?: number;
  /** Stops the put; its reason is thrown. */
  signal?: AbortSignal;
}

/** What was written: size in bytes, SHA-256 in lower-case hex. */
export interface StoredObject {
  size: number;
  sha256: string;
}

/** Bytes `start` to `end`, both included, counted from 0. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Keys come from `keys.ts` only; a driver throws a TypeError for any other string. */
export interface Storage {
  /**
   * Writes the whole of `source` under `key`, replacing what was there, durable when the promise resolves. A put that
   * fails or is aborted leaves nothing behind, and what was under the key stays. Readers see the old or the new object,
   * never a part. Throws AppError TOO_LARGE, STORAGE_FULL, the abort reason, or the source's own error.
   */
  put(key: string, source: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredObject>;
  /**
   * Opens an object. `size` is that of the whole object, also with a range; a range's end beyond it is cut.
   * The caller must read the body to its end or destroy it. Throws AppError NOT_FOUND, and INVALID_INPUT for a range
   * that holds no byte of the object.
   */
  get(key: string, range?: ByteRange): Promise<{ body: Readable; size: number }>;
  /** Size of an object in bytes, undefined when there is none. */
  size(key: string): Promise<number | undefined>;
  /** Removes one object. Doing it again is no error. */
  remove(key: string): Promise<void>;
  /** Removes every object whose key begins with `prefix`, which ends in "/". Doing it again is no error. */
  removePrefix(prefix: string): Promise<void>;
  /** Keys beginning with `prefix`, which ends in "/" or is "" for all; in no particular order. */
  list(prefix: string): AsyncIterable<string>;
  /** Bytes that can still be written, undefined where nobody knows. */
  free(): Promise<number | undefined>;
}
