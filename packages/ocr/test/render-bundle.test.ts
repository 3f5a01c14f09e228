import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import { endRecordBytes, holeOf } from "@legible/shared/bundle";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { writeBundle } from "../src/render/bundle.ts";
import { assembleIn, cleanUp, makeBlock, makeFolder, makePage } from "./render-trees.ts";

afterAll(cleanUp);

const createdAt = new Date("2026-11-24T10:20:30Z");

/** The files of a ZIP archive by its central directory, each checked against its sum and its own header. */
function unzip(archive: Buffer): Record<string, string> {
  const end = archive.subarray(-endRecordBytes);
  let at = end.readUInt32LE(16);
  expect(at + end.readUInt32LE(12)).toBe(archive.length - endRecordBytes);
  const files: Record<string, string> = {};
  for (let left = end.readUInt16LE(10); left > 0; left--) {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const [packed, size, length] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt32LE(at + 24),
      archive.readUInt16LE(at + 28),
    ];
    const local = archive.readUInt32LE(at + 42);
    const name = archive.subarray(at + 46, at + 46 + length);
    expect(archive.readUInt32LE(local)).toBe(0x04034b50);
    // From "version needed" to the lengths, and the name: the same in both headers.
    expect(archive.subarray(local + 4, local + 30)).toEqual(archive.subarray(at + 6, at + 32));
    expect(archive.subarray(local + 30, local + 30 + length)).toEqual(name);
    const bytes = archive.subarray(local + 30 + length, local + 30 + length + packed);
    const plain = archive.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes;
    expect([plain.length, crc32(plain)]).toEqual([size, archive.readUInt32LE(at + 16)]);
    files[name.toString("utf8")] = plain.toString("utf8");
    at += 46 + length;
  }
  return files;
}

async function filled(bundle: string, pdf: string): Promise<Buffer> {
  const [kept, bytes] = [await readFile(bundle), await readFile(pdf)];
  const hole = holeOf(kept.subarray(-endRecordBytes), kept.length, bytes.length);
  if (hole === undefined) throw new Error("no hole");
  return Buffer.concat([kept.subarray(0, hole), bytes, kept.subarray(hole)]);
}

test("the archive holds every file under its name, long, empty and in any script", async () => {
  const folder = await makeFolder();
  const contents = { "測試 文件.txt": "漢字\n".repeat(50_000), "empty.md": "", "scan.pdf": "%PDF-1.7 not packed" };
  for (const [name, text] of Object.entries(contents)) await writeFile(join(folder, name), text);
  const file = (name: string) => ({ path: join(folder, name), name });
  const bundle = join(folder, "bundle");
  expect(await writeBundle(bundle, [file("測試 文件.txt"), file("empty.md")], file("scan.pdf"), createdAt)).toBe(true);
  expect(unzip(await filled(bundle, join(folder, "scan.pdf")))).toEqual(contents);
  // The PDF is not kept twice, and text is packed.
  expect((await stat(bundle)).size).toBeLessThan(3000);
});

test("another PDF than the one that was packed fits nowhere", async () => {
  const folder = await makeFolder();
  for (const name of ["a.txt", "a.pdf"]) await writeFile(join(folder, name), "bytes");
  const file = (name: string) => ({ path: join(folder, name), name });
  await writeBundle(join(folder, "bundle"), [file("a.txt")], file("a.pdf"), createdAt);
  const kept = await readFile(join(folder, "bundle"));
  const end = kept.subarray(-endRecordBytes);
  expect(holeOf(end, kept.length, 5)).toBeGreaterThan(0);
  expect(holeOf(end, kept.length, 6)).toBeUndefined();
  expect(holeOf(end, kept.length + 1, 5)).toBeUndefined();
  expect(holeOf(kept.subarray(0, endRecordBytes), kept.length, 5)).toBeUndefined();
});

test("a document's archive holds all its results, named after it", async () => {
  const png = { create: { width: 90, height: 60, channels: 3 as const, background: "#ffffff" } };
  const tree = makePage(1, [makeBlock("p1b1", 60, 80, ["Words"])]);
  const bytes = await sharp(png).png().toBuffer();
  const { folder, json, pdfPath } = await assembleIn([{ bytes, mimeType: "image/png", pages: [{ tree, index: 0 }] }]);
  const files = unzip(await filled(join(folder, "result.bundle"), pdfPath));
  expect(Object.keys(files)).toEqual(
    ["json", "md", "txt", "hocr", "alto.xml", "pdf"].map((ending) => `File 1.${ending}`),
  );
  expect(files["File 1.json"]).toBe(json);
  for (const ending of ["md", "txt", "hocr", "alto.xml"]) expect(files[`File 1.${ending}`]).toContain("Words");
});
