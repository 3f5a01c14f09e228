import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readlink, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openDiskStorage, toStorageError } from "../src/disk.ts";
import { incomingPath } from "../src/incoming.ts";
import { taskPrefix, uploadKey } from "../src/keys.ts";
import { appError, inPieces, keysBelow, readAll, someBytes, storageContract } from "./contract.ts";

const upload = "0f8fad5b-d9cb-469f-a165-70867728950e";

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "legible-storage-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

storageContract("the disk", async () => openDiskStorage(await emptyFolder()));

describe("the disk storage", () => {
  let folder: string;
  let taskId: string;
  beforeEach(async () => {
    folder = await emptyFolder();
    taskId = randomUUID();
  });
  const incoming = () => readdir(join(folder, ".incoming"));

  test("keeps objects where only its own user can read them", async () => {
    const storage = await openDiskStorage(join(folder, "files"));
    await storage.put(uploadKey(taskId, 1, upload), inPieces(someBytes(1)));
    const mode = async (path: string) => ((await stat(join(folder, "files", path))).mode & 0o777).toString(8);
    expect(await mode(uploadKey(taskId, 1, upload))).toBe("600");
    expect(await mode("tasks")).toBe("700");
    expect(await mode(".")).toBe("700");
  });

  test("writes aside first: nothing is under the key until the last byte has come", async () => {
    const storage = await openDiskStorage(folder);
    const key = uploadKey(taskId, 1, upload);
    let during: { size: number | undefined; aside: number } | undefined;
    async function* watching() {
      yield someBytes(1000);
      yield someBytes(1000);
      during = { size: await storage.size(key), aside: (await incoming()).length };
    }
    await storage.put(key, watching());
    expect(during).toEqual({ size: undefined, aside: 1 });
    expect(await incoming()).toEqual([]);
  });

  test("a put that fails, is too large or is aborted leaves nothing aside and no folder of the task", async () => {
    const storage = await openDiskStorage(folder);
    const key = uploadKey(taskId, 1, upload);
    async function* breaking() {
      yield someBytes(1000);
      throw new Error("broken");
    }
    const abort = new AbortController();
    async function* aborting() {
      yield someBytes(1000);
      abort.abort(new Error("aborted"));
      yield someBytes(1000);
    }
    await expect(storage.put(key, breaking())).rejects.toThrow("broken");
    await expect(storage.put(key, aborting(), { signal: abort.signal })).rejects.toThrow("aborted");
    await expect(storage.put(key, inPieces(someBytes(10)), { maxBytes: 9 })).rejects.toEqual(appError("TOO_LARGE"));
    expect(await incoming()).toEqual([]);
    expect(await readdir(folder)).toEqual([".incoming"]);
  });

  test("does not follow a link, wait for a pipe or read a folder in the place of an object", async () => {
    const storage = await openDiskStorage(folder);
    const keys = [1, 2, 3, 4].map((position) => uploadKey(taskId, position, upload));
    const [link, pipe, directory, dangling] = keys.map((key) => join(folder, key));
    if (!link || !pipe || !directory || !dangling) return expect.unreachable();
    for (const path of [link, pipe, directory, dangling]) await mkdir(dirname(path), { recursive: true });
    await symlink("/etc/passwd", link);
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    await mkdir(directory);
    await symlink(join(folder, "nowhere"), dangling);
    for (const key of keys) {
      await expect(storage.get(key)).rejects.toEqual(appError("NOT_FOUND"));
      expect(await storage.size(key)).toBeUndefined();
    }
    expect(await keysBelow(storage, "")).toEqual([]);
  });

  test("a put replaces a link by the object, and what the link pointed at stays as it was", async () => {
    const storage = await openDiskStorage(folder);
    const secret = join(folder, "secret");
    await writeFile(secret, "unchanged");
    const key = uploadKey(taskId, 1, upload);
    await mkdir(dirname(join(folder, key)), { recursive: true });
    await symlink(secret, join(folder, key));
    await storage.put(key, inPieces(someBytes(100)));
    expect(await readAll(storage, key)).toHaveLength(100);
    expect((await stat(secret)).size).toBe("unchanged".length);
  });

  test("reads, writes, lists and removes nothing through a folder that is a link", async () => {
    const elsewhere = await emptyFolder();
    const key = uploadKey(taskId, 1, upload);
    const target = join(elsewhere, key.slice(taskPrefix(taskId).length));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, "not ours");
    const storage = await openDiskStorage(folder);
    await mkdir(join(folder, "tasks"));
    await symlink(elsewhere, join(folder, taskPrefix(taskId).slice(0, -1)));
    await expect(storage.get(key)).rejects.toEqual(appError("NOT_FOUND"));
    expect(await storage.size(key)).toBeUndefined();
    await expect(storage.put(key, inPieces(someBytes(1)))).rejects.toThrow("link");
    expect(await keysBelow(storage, taskPrefix(taskId))).toEqual([]);
    await storage.removePrefix(`${taskPrefix(taskId)}uploads/`);
    await storage.removePrefix(taskPrefix(taskId));
    expect((await stat(target)).size).toBe("not ours".length);
  });

  test("a folder removed while an object is being put is made again", async () => {
    const storage = await openDiskStorage(folder);
    const key = uploadKey(taskId, 2, upload);
    async function* removing() {
      yield someBytes(10);
      await storage.removePrefix(taskPrefix(taskId));
    }
    await storage.put(uploadKey(taskId, 1, upload), inPieces(someBytes(10)));
    await storage.put(key, removing());
    expect(await keysBelow(storage, "")).toEqual([key]);
  });

  test("many puts and removals of one task at once end in whole objects or none", async () => {
    const storage = await openDiskStorage(folder);
    const puts = Array.from({ length: 30 }, (_, position) =>
      storage.put(uploadKey(taskId, position, upload), inPieces(someBytes(500))),
    );
    await Promise.all([...puts, storage.removePrefix(taskPrefix(taskId)), storage.removePrefix(taskPrefix(taskId))]);
    for (const key of await keysBelow(storage, "")) expect(await storage.size(key)).toBe(500);
    expect(await incoming()).toEqual([]);
  });

  test("closes the file of a body that is destroyed before its end", async () => {
    const storage = await openDiskStorage(folder);
    const key = uploadKey(taskId, 1, upload);
    await storage.put(key, inPieces(someBytes(500_000), 65_536));
    const { body } = await storage.get(key);
    await once(body, "readable");
    body.destroy();
    await once(body, "close");
    expect(body.destroyed).toBe(true);
    // Linux lists the open files of a process; elsewhere the test ends here.
    const descriptors = await readdir("/proc/self/fd").catch(() => []);
    const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
    expect(targets.filter((target) => target.startsWith(folder))).toEqual([]);
  });

  test("opening sweeps what a killed process left, and spares what living ones write", async () => {
    await openDiskStorage(folder);
    const mine = incomingPath(folder);
    const [host] = mine.slice(folder.length + "/.incoming/".length).split(".");
    const finished = spawn("true");
    await once(finished, "exit");
    const at = (name: string) => join(folder, ".incoming", name);
    const samePidEarlier = at(`${host}.${process.pid}.1.${randomUUID()}`);
    const deadProcess = at(`${host}.${finished.pid}.5.${randomUUID()}`);
    const livingProcess = at(`${host}.${process.ppid}.5.${randomUUID()}`);
    const foreignNew = at(`0123456789ab.7.5.${randomUUID()}`);
    const foreignOld = at(`0123456789ab.8.5.${randomUUID()}`);
    for (const path of [mine, samePidEarlier, deadProcess, livingProcess, foreignNew, foreignOld]) {
      await writeFile(path, "part");
    }
    const twoDaysAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
    await utimes(foreignOld, twoDaysAgo, twoDaysAgo);
    await openDiskStorage(folder);
    expect((await incoming()).map(at).sort()).toEqual([mine, livingProcess, foreignNew].sort());
  });

  test("a process killed in the middle of a put leaves no object, and the next opening leaves no trace", async () => {
    const key = uploadKey(taskId, 1, upload);
    const code = `
      import { openDiskStorage } from ${JSON.stringify(new URL("../src/disk.ts", import.meta.url).href)};
      const storage = await openDiskStorage(process.argv[1]);
      await storage.put(process.argv[2], (async function* () {
        yield new Uint8Array(100_000);
        process.stdout.write("half");
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      })());`;
    const writer = spawn(process.execPath, ["--input-type=module", "-e", code, folder, key]);
    await once(writer.stdout, "data");
    writer.kill("SIGKILL");
    await once(writer, "exit");
    expect(await incoming()).toHaveLength(1);
    const storage = await openDiskStorage(folder);
    expect(await incoming()).toEqual([]);
    expect(await storage.size(key)).toBeUndefined();
  });

  test("a full disk and a used-up quota are STORAGE_FULL, with the cause; other errors stay what they are", () => {
    for (const code of ["ENOSPC", "EDQUOT"]) {
      const cause = Object.assign(new Error(code), { code });
      expect(toStorageError(cause)).toEqual(appError("STORAGE_FULL"));
      expect(toStorageError(cause)).toHaveProperty("cause", cause);
    }
    const other = Object.assign(new Error("no"), { code: "EACCES" });
    expect(toStorageError(other)).toBe(other);
    expect(toStorageError("text")).toBe("text");
  });

  test("refuses to open where a file stands", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(openDiskStorage(join(folder, "file"))).rejects.toThrow();
  });
});
