import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import type { Raster } from "../src/pipeline/raster.ts";
import type { SandboxPool } from "../src/sandbox/pool.ts";
import { makePool, readDocument, textOf } from "./make-pool.ts";
import { makeScan, picture, scanText } from "./make-scan.ts";

const wanted = `${scanText} Pack my box with five dozen jugs.`;
let pool: SandboxPool;
let scan: Raster;
beforeAll(async () => {
  pool = await makePool();
  scan = await makeScan();
});

/** A bitmap of the raster, with two colours. */
function oneBitBmp({ width, height, grey }: Raster): Buffer {
  const stride = Math.ceil(width / 32) * 4;
  const file = Buffer.alloc(62 + stride * height);
  file.write("BM");
  file.writeUInt32LE(62, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(1, 28);
  file.writeUInt32LE(0xffffff, 58);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = 62 + (height - 1 - row) * stride + (column >> 3);
      if ((grey[row * width + column] ?? 0) > 127) file[at] = (file[at] ?? 0) | (0x80 >> (column & 7));
    }
  }
  return file;
}

describe("the same picture reads the same", () => {
  const forms: [string, (raster: Raster) => Promise<Buffer> | Buffer][] = [
    ["8-bit PNG", (raster) => picture(raster).png().toBuffer()],
    ["1-bit PNG", (raster) => picture(raster).threshold(128).png({ palette: true, colours: 2 }).toBuffer()],
    ["16-bit PNG", (raster) => picture(raster).toColourspace("grey16").png().toBuffer()],
    ["interlaced PNG", (raster) => picture(raster).png({ progressive: true }).toBuffer()],
    ["white on black", (raster) => picture(raster).negate().png().toBuffer()],
    ["JPEG", (raster) => picture(raster).jpeg({ quality: 90 }).toBuffer()],
    ["progressive JPEG", (raster) => picture(raster).jpeg({ quality: 90, progressive: true }).toBuffer()],
    ["CMYK JPEG", (raster) => picture(raster).toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer()],
    ["LZW TIFF", (raster) => picture(raster).tiff({ compression: "lzw" }).toBuffer()],
    ["WebP", (raster) => picture(raster).webp({ lossless: true }).toBuffer()],
    ["GIF", (raster) => picture(raster).gif().toBuffer()],
    ["1-bit BMP", (raster) => oneBitBmp(raster)],
  ];
  test.each(forms)("%s", async (_, make) => {
    const { pages } = await readDocument(pool, await make(scan));
    expect(pages.map(textOf)).toEqual([wanted]);
    expect(pages[0]?.page).toMatchObject({ width: scan.width, height: scan.height, source: "ocr", error: null });
    expect(pages[0]?.page.confidence).toBeGreaterThan(85);
  });

  test("black on a transparent ground", async () => {
    const { width, height } = scan;
    // Black everywhere; what is dark in the scan is opaque.
    const pixels = Buffer.alloc(width * height * 4);
    for (const [index, value] of scan.grey.entries()) pixels[index * 4 + 3] = 255 - value;
    const png = await sharp(pixels, { raw: { width, height, channels: 4 } })
      .png()
      .toBuffer();
    const { pages } = await readDocument(pool, png);
    expect(pages.map(textOf)).toEqual([wanted]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("stored turned, with EXIF orientation %i", async (orientation) => {
    // How to store the pixels so that the orientation puts them upright again (EXIF 2.3, tag 0x0112).
    const stored = await undo(orientation).jpeg({ quality: 90 }).withMetadata({ orientation, density: 300 }).toBuffer();
    const { pages } = await readDocument(pool, stored);
    expect(pages.map(textOf)).toEqual([wanted]);
    expect(pages[0]?.page).toMatchObject({ width: scan.width, height: scan.height });
  });

  function undo(orientation: number) {
    const upright = picture(scan);
    if (orientation === 2) return upright.flop();
    if (orientation === 3) return upright.rotate(180);
    if (orientation === 4) return upright.flip();
    if (orientation === 5) return upright.flop().rotate(270);
    if (orientation === 6) return upright.rotate(270);
    if (orientation === 7) return upright.flop().rotate(90);
    if (orientation === 8) return upright.rotate(90);
    return upright;
  }
});

test("each page of a TIFF is read, whatever its size; a blank one is blank and wakes no engine", async () => {
  const { width, height } = scan;
  const white = Buffer.alloc(width * height, 255);
  const pages = [Buffer.from(scan.grey), white, Buffer.from(scan.grey)];
  const raw = { width, height: height * 3, channels: 1 as const, pageHeight: height };
  const tiff = await sharp(Buffer.concat(pages), { raw }).tiff({ compression: "deflate" }).toBuffer();
  const read = await readDocument(pool, tiff);
  expect(read.pages.map(textOf)).toEqual([wanted, "", wanted]);
  expect(read.pages.map(({ page }) => [page.number, page.source])).toEqual([
    [1, "ocr"],
    [2, "blank"],
    [3, "ocr"],
  ]);
  expect(read.pages[1]).toMatchObject({ engineMs: 0, languages: [] });
  await expect(readDocument(pool, tiff, { maxPages: 2 })).rejects.toMatchObject({ code: "TOO_MANY_PAGES" });
});

test("an animation is read as its first frame, and the ledger says so", async () => {
  const { width, height } = scan;
  const raw = { width, height: height * 2, channels: 1 as const, pageHeight: height };
  const frames = Buffer.concat([Buffer.from(scan.grey), Buffer.alloc(width * height, 255)]);
  const { plan, pages } = await readDocument(pool, await sharp(frames, { raw }).gif().toBuffer());
  expect(plan.pages).toEqual([{ index: 0, decision: "ocr", reason: { code: "ANIMATED_IMAGE", params: {} } }]);
  expect(pages.map(textOf)).toEqual([wanted]);
});

test("an image beyond 25 megapixels is read smaller, its boxes in its own pixels", async () => {
  const large = await picture(scan)
    .extend({ right: 6000 - scan.width, bottom: 5000 - scan.height, background: "#ffffff" })
    .png()
    .toBuffer();
  const { pages } = await readDocument(pool, large);
  const word = pages[0]?.page.blocks[0]?.lines[0]?.words.at(-1);
  expect(pages[0]?.page).toMatchObject({ width: 6000, height: 5000 });
  expect(word?.text).toBe("dog.");
  const small = await readDocument(pool, await picture(scan).png().toBuffer());
  const same = small.pages[0]?.page.blocks[0]?.lines[0]?.words.at(-1);
  for (const [index, value] of (word?.bbox ?? []).entries()) {
    expect(Math.abs(value - (same?.bbox[index] ?? 0))).toBeLessThan(6);
  }
});
