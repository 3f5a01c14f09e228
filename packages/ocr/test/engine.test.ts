import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tesseractEngine } from "../src/pipeline/engine/tesseract.ts";
import { installedLanguages, offeredLanguages, readLanguage } from "../src/pipeline/language-files.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { makeFolder, never } from "./make-pool.ts";
import { makeScan, scanPdf, scanText, textPdf } from "./make-scan.ts";

const threadPath = join(import.meta.dirname, "stubs/engine-thread.ts");
const blank: Raster = { width: 20, height: 20, grey: new Uint8Array(400).fill(255) };
const real = tesseractEngine();
let scan: Raster;
beforeAll(async () => {
  scan = await makeScan();
});
afterAll(() => real.close());

function stubEngine() {
  const engine = tesseractEngine({ threadPath, openTimeoutMs: 500 });
  afterAll(() => engine.close());
  return engine;
}

const read = (engine: typeof real, language: string, raster = blank) =>
  engine.recognise(raster, { languages: [language], dpi: 300 }, never);

test.each([
  ["refuses", "LANGUAGE_MISSING"],
  ["dies_opening", "ENGINE_CRASHED"],
  ["never_opens", "PAGE_TIMEOUT"],
  ["dies_reading", "ENGINE_CRASHED"],
  ["bad_image", "ENGINE_CRASHED"],
])("a thread that %s ends as %s, and the engine works afterwards", async (behaviour, code) => {
  const engine = stubEngine();
  await expect(read(engine, behaviour)).rejects.toMatchObject({ code });
  expect(await read(engine, "fine")).toEqual([]);
});

test("closing the engine ends a recognition that never settles", async () => {
  const engine = stubEngine();
  const reading = expect(read(engine, "never_reads")).rejects.toMatchObject({ code: "ENGINE_CRASHED" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await engine.close();
  await reading;
});

test("an abort ends a recognition that never settles", async () => {
  const engine = stubEngine();
  const reading = engine.recognise(blank, { languages: ["never_reads"], dpi: 300 }, AbortSignal.timeout(300));
  await expect(reading).rejects.toMatchObject({ name: "TimeoutError" });
});

test("a language that is not installed is LANGUAGE_MISSING, and nothing is fetched", async () => {
  await expect(read(real, "xyz")).rejects.toMatchObject({ code: "LANGUAGE_MISSING" });
});

test("English is read, the same before and after other pages and languages", async () => {
  const first = await read(real, "eng", scan);
  const words = first.flatMap((paragraph) => paragraph.lines.flatMap((line) => line.words.map((word) => word.text)));
  expect(words.join(" ")).toBe(`${scanText} Pack my box with five dozen jugs.`);
  const other = await scanPdf(await textPdf([[{ text: "QUITE ANOTHER PAGE, 12345", y: 100, size: 22 }]]));
  await real.recognise(other, { languages: ["eng"], dpi: undefined }, never);
  expect(JSON.stringify(await read(real, "eng", scan))).toBe(JSON.stringify(first));
});

test("a damaged language file is LANGUAGE_MISSING; the others still work", async () => {
  const languagesDir = await makeFolder();
  const whole = await readLanguage("eng", undefined);
  // The table of contents is intact, what it points to is not.
  const rotten = new Uint8Array(whole);
  rotten.fill(0x5a, 300);
  writeFileSync(join(languagesDir, "deu.traineddata"), rotten);
  writeFileSync(join(languagesDir, "fra.traineddata"), whole.subarray(0, 100));
  const engine = tesseractEngine({ languagesDir });
  afterAll(() => engine.close());
  await expect(read(engine, "deu", scan)).rejects.toMatchObject({ code: "LANGUAGE_MISSING" });
  await expect(read(engine, "fra", scan)).rejects.toMatchObject({ code: "LANGUAGE_MISSING" });
  expect(await read(engine, "eng", scan)).not.toEqual([]);
});

test("languages are those of the installation and those an administrator dropped in, whole ones only", async () => {
  const languagesDir = await makeFolder();
  const whole = await readLanguage("eng", undefined);
  writeFileSync(join(languagesDir, "swe.traineddata"), whole);
  writeFileSync(join(languagesDir, "fra.traineddata"), whole.subarray(0, 5000));
  writeFileSync(join(languagesDir, "..traineddata"), whole);
  mkdirSync(join(languagesDir, "ita.traineddata"));
  const packaged = ["chi_sim", "chi_tra", "deu", "eng", "fra", "ita", "jpn", "kor", "nld", "por", "spa"];
  const own = packaged.filter((language) => language !== "fra" && language !== "ita").concat("swe");
  expect(await offeredLanguages(languagesDir)).toEqual(own);
  expect(await offeredLanguages(undefined)).toEqual(packaged);
  // Models for lines that run down are there, but nobody chooses them.
  expect(await installedLanguages(undefined)).toEqual([...packaged, "chi_tra_vert", "jpn_vert"].sort());
});
