import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import type { Raster } from "../src/pipeline/raster.ts";
import type { SandboxPool } from "../src/sandbox/pool.ts";
import { makeHeic } from "./make-heic.ts";
import { makePool, readDocument, textOf } from "./make-pool.ts";
import { makeScan, picture, scanPdf, scanText } from "./make-scan.ts";
import { blackAndWhiteJp2 } from "./picture-files.ts";

let pool: SandboxPool;
let scan: Raster;
beforeAll(async () => {
  pool = await makePool();
  scan = await evened(await makeScan());
});

const wanted = `${scanText} Pack my box with five dozen jugs.`;

/** The raster with an even number of pixels a side, which is what colour at half the resolution asks for. */
async function evened({ width, height, grey }: Raster): Promise<Raster> {
  const image = sharp(grey, { raw: { width, height, channels: 1 } })
    .extend({ right: width % 2, bottom: height % 2, background: "#ffffff" })
    .toColourspace("b-w");
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, grey: data };
}

/** The raster's pixels turned clockwise. */
async function turned({ width, height, grey }: Raster, degrees: number): Promise<Raster> {
  const image = sharp(grey, { raw: { width, height, channels: 1 } })
    .rotate(degrees)
    .toColourspace("b-w");
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, grey: data };
}

describe("photos of phones, in the sandbox", () => {
  test.each<[string, () => Promise<Buffer> | Buffer]>([
    ["HEIC", () => makeHeic(scan)],
    ["HEIC that readers must turn", async () => makeHeic(await turned(scan, 90), { turns: 1 })],
    ["AVIF", () => picture(scan).avif({ quality: 90, effort: 0 }).toBuffer()],
  ])("%s is read as it is displayed", async (_name, make) => {
    const { plan, pages } = await readDocument(pool, await make());
    expect(plan.pages).toEqual([{ index: 0, decision: "ocr", reason: { code: "IMAGE", params: {} } }]);
    expect(pages.map(textOf)).toEqual([wanted]);
    expect(pages[0]?.page).toMatchObject({ width: scan.width, height: scan.height });
  });

  test.each<[string, () => Promise<Buffer> | Buffer]>([
    ["HEIC", () => makeHeic(scan)],
    ["AVIF", () => picture(scan).avif({ effort: 0 }).toBuffer()],
    ["JPEG 2000", () => blackAndWhiteJp2],
  ])("%s that is cut off is damaged, wherever the cut is", async (_name, make) => {
    const whole = await make();
    for (const share of [0.1, 0.5, 0.95]) {
      const cut = whole.subarray(0, Math.max(40, Math.floor(whole.length * share)));
      await expect(readDocument(pool, cut), `cut at ${share}`).rejects.toMatchObject({ code: "DAMAGED_FILE" });
    }
  });

  test("a picture of too many pixels is refused before it is decoded", async () => {
    const heic = readDocument(pool, makeHeic(scan), { maxPixels: 1000 });
    await expect(heic).rejects.toMatchObject({ code: "TOO_MANY_PIXELS" });
    const jp2 = readDocument(pool, blackAndWhiteJp2, { maxPixels: 100 });
    await expect(jp2).rejects.toMatchObject({ code: "TOO_MANY_PIXELS" });
  });

  test("JPEG 2000 whose header and code disagree on the size is damaged", async () => {
    const lying = Buffer.from(blackAndWhiteJp2);
    lying.writeUInt32BE(64, lying.indexOf("ihdr") + 8);
    await expect(readDocument(pool, lying)).rejects.toMatchObject({ code: "DAMAGED_FILE" });
  });

  test("JPEG 2000 is read", async () => {
    const { pages } = await readDocument(pool, blackAndWhiteJp2);
    expect(pages[0]?.page).toMatchObject({ width: 32, height: 16, error: null });
  });
});

/** A page of 32 × 16 pt that is one picture. */
function picturePdf(filter: string, colours: string, data: Buffer): Buffer {
  const head = `%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 32 16]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj
4 0 obj<</Length 22>>stream
32 0 0 16 0 0 cm /I Do
endstream endobj
5 0 obj<</Type/XObject/Subtype/Image/Width 32/Height 16${colours}/Filter/${filter}/Length ${data.length}>>stream
`;
  return Buffer.concat([Buffer.from(head), data, Buffer.from("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF")]);
}

/** JBIG2 as PDF embeds it (ISO 14492): one page, one region coded with MMR, which is the code of group 4 fax. */
async function blackAndWhiteJbig2(): Promise<Buffer> {
  // A zero is black in the TIFF, so its fax code calls white what is black there.
  const pixels = Buffer.alloc(32 * 16, 0);
  for (let row = 0; row < 16; row++) pixels.fill(255, row * 32, row * 32 + 16);
  const raw = sharp(pixels, { raw: { width: 32, height: 16, channels: 1 } }).toColourspace("b-w");
  const tiff = await raw.tiff({ compression: "ccittfax4", bitdepth: 1, tileHeight: 16 }).toBuffer();
  const at = tiff.readUInt32LE(4);
  const entries = Array.from({ length: tiff.readUInt16LE(at) }, (_, index) => at + 2 + index * 12);
  const value = (tag: number) => {
    const entry = entries.find((place) => tiff.readUInt16LE(place) === tag) ?? 0;
    return tiff.readUInt16LE(entry + 2) === 3 ? tiff.readUInt16LE(entry + 8) : tiff.readUInt32LE(entry + 8);
  };
  const code = tiff.subarray(value(273), value(273) + value(279));
  const size = Buffer.from("0000002000000010", "hex");
  const page = Buffer.concat([size, Buffer.alloc(8), Buffer.from([0, 0, 0])]);
  const region = Buffer.concat([size, Buffer.alloc(8), Buffer.from([0, 1]), code]);
  const segment = (number: number, type: number, data: Buffer) => {
    const head = Buffer.from([0, 0, 0, number, type, 0, 1, 0, 0, 0, 0]);
    head.writeUInt32BE(data.length, 7);
    return Buffer.concat([head, data]);
  };
  return Buffer.concat([segment(0, 48, page), segment(1, 38, region)]);
}

test.each<[string, () => Promise<Buffer> | Buffer]>([
  ["JPEG 2000", () => picturePdf("JPXDecode", "", blackAndWhiteJp2)],
  [
    "JBIG2",
    async () => picturePdf("JBIG2Decode", "/ColorSpace/DeviceGray/BitsPerComponent 1", await blackAndWhiteJbig2()),
  ],
])("%s inside a PDF is shown: black on the left, white on the right", async (_name, make) => {
  const { width, height, grey } = await scanPdf(await make());
  const at = (share: number) => grey[Math.floor(height / 2) * width + Math.floor(width * share)] ?? -1;
  expect([at(0.1), at(0.4), at(0.6), at(0.9)].map((value) => Math.round(value / 25.5))).toEqual([0, 0, 10, 10]);
});
