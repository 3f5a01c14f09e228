// What every driver must do. A driver's own test calls `storageContract` and adds what only it can show.
import { createHash, randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@legible/shared/errors";
import { beforeEach, describe, expect, test } from "vitest";
import { pageKey, resultKey, taskPrefix, uploadKey } from "../src/keys.ts";
import type { ByteRange, Storage } from "../src/storage.ts";

const upload = "0f8fad5b-d9cb-469f-a165-70867728950e";

/** Bytes without a short period, so that a range cut at the wrong place shows. */
export function someBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) * 7) & 0xff);
}

/** `bytes` in pieces of `step`, as they would arrive. */
export async function* inPieces(bytes: Uint8Array, step = 1000): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += step) {
    await nextTurn();
    yield bytes.subarray(offset, offset + step);
  }
}

export async function readAll(storage: Storage, key: string, range?: ByteRange): Promise<Uint8Array> {
  const { body } = await storage.get(key, range);
  return Buffer.concat(await body.toArray());
}

async function sizeByGet(storage: Storage, key: string, range?: ByteRange): Promise<number> {
  const { body, size } = await storage.get(key, range);
  body.destroy();
  return size;
}

export async function keysBelow(storage: Storage, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of storage.list(prefix)) keys.push(key);
  return keys.sort();
}

/** Matches an AppError with this code. */
export function appError(code: string) {
  return expect.toSatisfy((error: unknown) => error instanceof AppError && error.code === code, code);
}

/** The suite; `open` gives an empty storage for each test. */
export function storageContract(name: string, open: () => Promise<Storage>): void {
  describe(`${name} as a storage`, () => {
    let storage: Storage;
    let taskId: string;
    let key: string;
    beforeEach(async () => {
      storage = await open();
      taskId = randomUUID();
      key = uploadKey(taskId, 1, upload);
    });

    test("gives back the bytes that were put, with their size and SHA-256", async () => {
      const bytes = someBytes(200_001);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect(await storage.put(key, inPieces(bytes, 65_536))).toEqual({ size: bytes.length, sha256 });
      expect(Buffer.compare(await readAll(storage, key), bytes)).toBe(0);
      expect(await sizeByGet(storage, key)).toBe(bytes.length);
      expect(await storage.size(key)).toBe(bytes.length);
    });

    test("keeps an empty object", async () => {
      expect((await storage.put(key, inPieces(new Uint8Array()))).size).toBe(0);
      expect(await readAll(storage, key)).toHaveLength(0);
      expect(await storage.size(key)).toBe(0);
    });

    test("replaces an object as a whole; a reader that began before keeps the old one", async () => {
      await storage.put(key, inPieces(someBytes(3000)));
      const old = await storage.get(key);
      await storage.put(key, inPieces(new Uint8Array(10)));
      expect(Buffer.concat(await old.body.toArray())).toHaveLength(3000);
      expect(await readAll(storage, key)).toEqual(Buffer.alloc(10));
    });

    test("gives the bytes of a range, both ends included", async () => {
      const bytes = someBytes(5000);
      await storage.put(key, inPieces(bytes));
      for (const [start, end] of [
        [0, 0],
        [0, 4999],
        [1234, 3456],
        [4999, 4999],
      ] as const) {
        expect(await readAll(storage, key, { start, end })).toEqual(Buffer.from(bytes.subarray(start, end + 1)));
      }
      expect(await sizeByGet(storage, key, { start: 10, end: 20 })).toBe(5000);
    });

    test("cuts a range that ends beyond the object, and refuses one that holds none of it", async () => {
      await storage.put(key, inPieces(someBytes(100)));
      expect(await readAll(storage, key, { start: 90, end: 1_000_000 })).toHaveLength(10);
      for (const range of [
        { start: 100, end: 100 },
        { start: -1, end: 5 },
        { start: 5, end: 4 },
        { start: 0.5, end: 4 },
        { start: 0, end: Number.NaN },
      ]) {
        await expect(storage.get(key, range)).rejects.toEqual(appError("INVALID_INPUT"));
      }
    });

    test("says NOT_FOUND for what is not there, and no size", async () => {
      await expect(storage.get(key)).rejects.toEqual(appError("NOT_FOUND"));
      await expect(storage.get(`${key}/below`)).rejects.toEqual(appError("NOT_FOUND"));
      expect(await storage.size(key)).toBeUndefined();
    });

    test("stops at the byte limit with TOO_LARGE, reads no further and keeps nothing", async () => {
      let pieces = 0;
      async function* endless() {
        while (true) {
          pieces++;
          yield new Uint8Array(1000);
        }
      }
      await expect(storage.put(key, endless(), { maxBytes: 5500 })).rejects.toEqual(appError("TOO_LARGE"));
      expect(pieces).toBe(6);
      expect(await storage.size(key)).toBeUndefined();
      expect(await keysBelow(storage, "")).toEqual([]);
    });

    test("takes exactly as many bytes as the limit allows", async () => {
      expect((await storage.put(key, inPieces(someBytes(5000)), { maxBytes: 5000 })).size).toBe(5000);
    });

    test("throws the source's own error, and what was there before stays", async () => {
      await storage.put(key, inPieces(someBytes(10)));
      const broken = new Error("the connection broke");
      async function* breaking() {
        yield new Uint8Array(100);
        throw broken;
      }
      await expect(storage.put(key, breaking())).rejects.toBe(broken);
      expect(await storage.size(key)).toBe(10);
    });

    test("an abort ends a put whose source has fallen silent, closes the source and keeps nothing", async () => {
      const abort = new AbortController();
      const reason = new Error("nobody wants it any more");
      let closed = false;
      const silent: AsyncIterable<Uint8Array> = {
        [Symbol.asyncIterator]: () => ({
          next: () => {
            setImmediate(() => abort.abort(reason));
            return new Promise(() => undefined);
          },
          return: async () => {
            closed = true;
            return { done: true, value: undefined };
          },
        }),
      };
      await expect(storage.put(key, silent, { signal: abort.signal })).rejects.toBe(reason);
      expect(closed).toBe(true);
      expect(await storage.size(key)).toBeUndefined();
      expect(await keysBelow(storage, "")).toEqual([]);
    });

    test("a put that is aborted before it begins does not touch its source", async () => {
      const untouched = { [Symbol.asyncIterator]: () => expect.unreachable() };
      await expect(storage.put(key, untouched, { signal: AbortSignal.abort("no") })).rejects.toBe("no");
    });

    test("two puts under one key at once leave one of the two, whole", async () => {
      await Promise.all([
        storage.put(key, inPieces(new Uint8Array(20_000).fill(1))),
        storage.put(key, inPieces(new Uint8Array(10_000).fill(2))),
      ]);
      const bytes = await readAll(storage, key);
      expect([20_000, 10_000]).toContain(bytes.length);
      expect(new Set(bytes)).toEqual(new Set([bytes.length === 20_000 ? 1 : 2]));
    });

    test("lists the keys below a prefix and no others", async () => {
      const lease = randomUUID();
      const other = uploadKey(randomUUID(), 1, upload);
      const mine = [key, pageKey(taskId, 1, 7, lease), resultKey(taskId, 1, lease, "pdf")];
      for (const each of [...mine, other]) await storage.put(each, inPieces(someBytes(1)));
      expect(await keysBelow(storage, taskPrefix(taskId))).toEqual(mine.sort());
      expect(await keysBelow(storage, "")).toEqual([...mine, other].sort());
      expect(await keysBelow(storage, taskPrefix(randomUUID()))).toEqual([]);
    });

    test("removes one object and leaves its neighbours, and again without complaint", async () => {
      const neighbour = uploadKey(taskId, 2, upload);
      for (const each of [key, neighbour]) await storage.put(each, inPieces(someBytes(1)));
      await storage.remove(key);
      await storage.remove(key);
      expect(await storage.size(key)).toBeUndefined();
      expect(await storage.size(neighbour)).toBe(1);
      await expect(storage.remove("../x")).rejects.toThrow(TypeError);
    });

    test("removes everything below a prefix, nothing else, and again without complaint", async () => {
      const other = uploadKey(randomUUID(), 1, upload);
      for (const each of [key, uploadKey(taskId, 2, upload), pageKey(taskId, 1, 1, randomUUID()), other]) {
        await storage.put(each, inPieces(someBytes(1)));
      }
      await storage.removePrefix(taskPrefix(taskId));
      expect(await keysBelow(storage, "")).toEqual([other]);
      await storage.removePrefix(taskPrefix(taskId));
      await storage.put(key, inPieces(someBytes(4)));
      expect(await storage.size(key)).toBe(4);
    });

    test.each([
      "",
      "/",
      "..",
      "../x",
      "tasks/../../etc/passwd",
      "/etc/passwd",
      "tasks//x",
      "tasks/x/",
      ".incoming/x",
      "tasks/.x",
      "tasks/-rf",
      "tasks\\x",
      "tasks/x\0.json",
      "tasks/x\n",
      "tasks/É",
      "tasks/%2e%2e/x",
      `tasks/${"x".repeat(400)}`,
    ])("refuses %j as a key", async (bad) => {
      await expect(storage.put(bad, inPieces(someBytes(1)))).rejects.toThrow(TypeError);
      await expect(storage.get(bad)).rejects.toThrow(TypeError);
      await expect(storage.size(bad)).rejects.toThrow(TypeError);
      await expect(storage.removePrefix(`${bad}/`)).rejects.toThrow(TypeError);
    });

    test("refuses to remove everything, or half a name", async () => {
      for (const bad of ["", "/", "tasks", `tasks/${taskId.slice(0, 5)}`]) {
        await expect(storage.removePrefix(bad)).rejects.toThrow(TypeError);
      }
    });

    test("knows how much room is left, or says that it does not", async () => {
      const free = await storage.free();
      expect(free === undefined || free > 0).toBe(true);
    });
  });
}
