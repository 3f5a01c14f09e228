import { existsSync } from "node:fs";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeDeadFolders, type Seen } from "../src/sandbox/dead-folders.ts";
import { makeFolder } from "./make-pool.ts";

async function pools(...names: string[]): Promise<string[]> {
  const root = await makeFolder();
  const folders = names.map((name) => join(root, name));
  for (const folder of folders) {
    await mkdir(folder);
    await writeFile(join(folder, "document.bin"), "of somebody");
  }
  return folders;
}

test("what a killed process left is removed after some looks, whatever its clock said", async () => {
  const [own = "", ...dead] = await pools("sandbox-own", "sandbox-past", "sandbox-future");
  const [past = "", future = ""] = dead;
  await utimes(past, new Date(0), new Date(0));
  await utimes(future, new Date(4e12), new Date(4e12));
  const seen: Seen = new Map();
  for (let looks = 1; looks < 5; looks++) expect(await removeDeadFolders(own, seen)).toBe(0);
  expect(await removeDeadFolders(own, seen)).toBe(2);
  expect(dead.map((folder) => existsSync(folder))).toEqual([false, false]);
  expect(await readdir(own)).toEqual(["document.bin"]);
});

test("a pool that shows now and then that it lives keeps its folder, and so does what is no pool's", async () => {
  const [own = "", other = "", foreign = ""] = await pools("sandbox-own", "sandbox-other", "kept");
  const seen: Seen = new Map();
  for (let looks = 0; looks < 20; looks++) {
    // Three looks of ours come between two beats of theirs.
    if (looks % 3 === 0) await utimes(other, looks, looks);
    expect(await removeDeadFolders(own, seen)).toBe(0);
  }
  expect([own, other, foreign].map((folder) => existsSync(folder))).toEqual([true, true, true]);
});
