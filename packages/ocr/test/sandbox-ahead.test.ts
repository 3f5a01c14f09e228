// Pages whose pixels are made before they are asked for.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Engine } from "../src/pipeline/engine/engine.ts";
import type { ImageFile, ImagePage } from "../src/pipeline/image/image-file.ts";
import { pixelsAhead, pixelsName } from "../src/pipeline/pixels-ahead.ts";
import { makePool, never } from "./make-pool.ts";
import { textPdf } from "./make-scan.ts";

const image = (grey: number, more: Partial<ImagePage> = {}): ImagePage => {
  const raster = { width: 2, height: 2, grey: new Uint8Array(4).fill(grey) };
  return { width: 2, height: 2, dpi: 300, dpiKnown: true, raster, ...more };
};
const idle: Engine = { recognise: async () => [], installed: async () => ["eng"], close: async () => undefined };
const nothing = { width: 1, height: 1, grey: new Uint8Array(1) };
const options = { languages: ["eng"], dpi: 300 };

function countingFile(decode: (index: number) => Promise<ImagePage>): ImageFile & { decoded: number[] } {
  const decoded: number[] = [];
  const readPage = (index: number) => {
    decoded.push(index);
    return decode(index);
  };
  const picture = () => Promise.reject(new Error("Nobody looks at it."));
  return { kind: "image", pageCount: 9, animated: false, readPage, picture, decoded };
}

test("a page is decoded once, by the look or while the engine is busy, and forgotten when it is taken", async () => {
  const file = countingFile(async (index) => image(index));
  const ahead = pixelsAhead();
  await ahead.look(file, 0);
  expect(await ahead.take(file, 0)).toEqual(image(0));
  const busy = ahead.during(idle, file, 1);
  await busy.recognise(nothing, options, never);
  await busy.recognise(nothing, options, never);
  await new Promise((resolve) => setImmediate(resolve));
  expect(file.decoded).toEqual([0, 1]);
  expect(await ahead.take(file, 1)).toEqual(image(1));
  expect(file.decoded).toEqual([0, 1]);
  await ahead.take(file, 1);
  expect(file.decoded).toEqual([0, 1, 1]);
});

test.each([
  ["a page that cannot be decoded fails when it is taken, and only then", new Error("damaged"), false],
  ["a page that breaks its decoder ends the process", new RangeError("memory access out of bounds"), true],
])("%s", async (_name, failure, broken) => {
  const file = countingFile(() => Promise.reject(failure));
  const ahead = pixelsAhead();
  await ahead.during(idle, file, 3).recognise(nothing, options, never);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(ahead.broken()).toBe(broken);
  await expect(ahead.take(file, 3)).rejects.toBe(failure);
});

test("a page that could not be decoded is decoded anew when it is asked for again", async () => {
  let fails = true;
  const file = countingFile(async () => {
    if (fails) throw new Error("for once");
    return image(0);
  });
  const ahead = pixelsAhead();
  await expect(ahead.look(file, 0)).rejects.toThrow("for once");
  fails = false;
  expect(await ahead.take(file, 0)).toEqual(image(0));
});

test("pages have one name when they look the same at the same size", () => {
  expect(pixelsName(image(7))).toBe(pixelsName(image(7)));
  for (const other of [image(8), image(7, { dpi: 200 }), image(7, { dpiKnown: false }), image(7, { width: 4 })]) {
    expect(pixelsName(other)).not.toBe(pixelsName(image(7)));
  }
});

test("a warm child reads pages with and without a look ahead alike", async () => {
  const pool = await makePool();
  await pool.warm(["eng"]);
  const [pid] = pool.pids();
  const pdf = await textPdf([
    [{ text: "First of two pages", y: 100, size: 22 }],
    [{ text: "Second of two pages", y: 100, size: 22 }],
  ]);
  const file = { name: "input", mimeType: "application/pdf" as const };
  const page = { file, decision: "ocr" as const, languages: ["eng"], mode: "force" as const };
  const common = { kind: "readPage" as const, ...page, rotate: false, deskew: false, maxPixels: 100_000_000 };
  const call = { signal: never, timeoutMs: 60_000 };
  const { plain, guided, names } = await pool.use(
    async (child) => {
      await writeFile(join(child.folder, file.name), pdf);
      const look = (index: number) => child.look({ kind: "look", file, index, maxPixels: 100_000_000 }, call);
      const read = (index: number, next?: number) =>
        child.readPage({ ...common, index, number: index + 1, ...(next === undefined ? {} : { next }) }, call);
      const before = [await read(0), await read(1)];
      const looks = [await look(0)];
      const first = await read(0, 1);
      looks.push(await look(1), await look(0));
      return { plain: before, guided: [first, await read(1)], names: looks.map(({ pixels }) => pixels) };
    },
    { signal: never },
  );
  expect(pool.pids()).toEqual([pid]);
  expect(guided.map((answer) => answer.page)).toEqual(plain.map((answer) => answer.page));
  expect(JSON.stringify(guided[1]?.page)).toContain("Second");
  expect(names[0]).toBe(names[2]);
  expect(names[0]).not.toBe(names[1]);
});
