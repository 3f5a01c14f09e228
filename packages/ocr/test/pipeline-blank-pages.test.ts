import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import type { SandboxPool } from "../src/sandbox/pool.ts";
import { makePool, readDocument, textOf } from "./make-pool.ts";
import { picture, scanPdf, textPdf } from "./make-scan.ts";

const [width, height] = [1240, 1754];

let pool: SandboxPool;
beforeAll(async () => {
  pool = await makePool();
});

/** A scan in which each pixel has the grey that `greyAt` tells, with the grain of a scanner; the same in each run. */
function scanned(greyAt: (x: number, y: number) => number): Promise<Buffer> {
  let seed = 7;
  const grey = Uint8Array.from({ length: width * height }, (_, at) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    const grain = (seed / 0x7fff_ffff - 0.5) * 8;
    return Math.min(255, Math.max(0, greyAt(at % width, Math.floor(at / width)) + grain));
  });
  return picture({ width, height, grey }).jpeg({ quality: 80 }).toBuffer();
}

/** A page of print seen from behind, blurred by the paper; 0 where there is none, up to 1. */
async function reverseSide(): Promise<(x: number, y: number) => number> {
  const lines = Array.from({ length: 20 }, (_, row) => ({
    text: "Words of the other side.",
    x: 60,
    y: 380 - row * 18,
  }));
  const { data } = await picture(await scanPdf(await textPdf([lines], [298, 421])))
    .flop()
    .blur(3)
    .resize(width, height, { fit: "fill" })
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (x, y) => 1 - (data[y * width + x] ?? 255) / 255;
}

const paper = 248;
/** Shadows of the lid along the left and the lower edge. */
const edges = (x: number, y: number) => paper * Math.min(1, 0.15 + x / 45) * Math.min(1, 0.3 + (height - y) / 60);
/** Holes of a folder over a dark lid. */
const holes = (x: number, y: number) =>
  [720, 1034].some((middle) => Math.hypot(x - 71, y - middle) < 25) ? 25 : paper;

test.each<[string, () => Promise<Buffer>]>([
  ["shadows of the scanner along its edges", () => scanned(edges)],
  ["punch holes", () => scanned(holes)],
  ["edges and holes", () => scanned((x, y) => Math.min(edges(x, y), holes(x, y)))],
  [
    "print that shines through from the other side",
    async () => {
      const behind = await reverseSide();
      return scanned((x, y) => paper - behind(x, y) * 60);
    },
  ],
])("a sheet with nothing but %s has no words", async (_name, make) => {
  const { pages } = await readDocument(pool, await make());
  expect(pages.map(textOf)).toEqual([""]);
  expect(pages[0]?.page).toMatchObject({ blocks: [], confidence: null });
});

/** Grey of a page with `lines` of print, `width` × `height` px. */
async function frontSide(lines: { text: string; y: number }[]): Promise<(x: number, y: number) => number> {
  const { data } = await sharp(
    await picture(await scanPdf(await textPdf([lines], [298, 421])))
      .toColourspace("b-w")
      .png()
      .toBuffer(),
  )
    .resize(width, height, { fit: "fill" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (x, y) => data[y * width + x] ?? 255;
}

test("one line of print on such a sheet is read", async () => {
  const front = await frontSide([{ text: "Page left empty", y: 210 }]);
  const { pages } = await readDocument(pool, await scanned((x, y) => Math.min(edges(x, y), holes(x, y), front(x, y))));
  expect(pages.map(textOf)).toEqual(["Page left empty"]);
});

test("print that shines through under the text leaves the text as it is", async () => {
  const lines = ["The harbour master keeps", "a register of vessels, of", "their owners and of their", "cargo."];
  const front = await frontSide(lines.map((text, row) => ({ text, y: 300 - row * 18 })));
  const behind = await reverseSide();
  // Two thirds of the paper's light are left where the other side is black.
  const bytes = await scanned((x, y) => front(x, y) * (1 - behind(x, y) / 3));
  const { pages } = await readDocument(pool, bytes);
  expect(pages.map((page) => textOf(page).split(/\s+/u).join(" "))).toEqual([lines.join(" ")]);
});
