// Files of several pictures: every page of a TIFF in every usual coding, the first picture of what moves.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { openImage } from "../src/pipeline/image/image-file.ts";
import { makeFolder } from "./make-pool.ts";

const width = 64;
const height = 48;
const maxPixels = 1_000_000;
let folder: string;
beforeAll(async () => {
  folder = await makeFolder();
});

/** Three pages: black on the left half, on the right half, and nowhere. */
const blackFrom = [0, width / 2, width];
const pages = blackFrom.map((from) =>
  Buffer.from(
    Uint8Array.from({ length: width * height }, (_, at) => {
      const x = at % width;
      return x >= from && x < from + width / 2 ? 0 : 255;
    }),
  ),
);

function keep(name: string, bytes: Uint8Array): string {
  const path = join(folder, name.replace(/\W/gu, "-"));
  writeFileSync(path, bytes);
  return path;
}

function stacked() {
  const raw = { width, height: height * pages.length, channels: 1 as const, pageHeight: height };
  return sharp(Buffer.concat(pages), { raw }).toColourspace("b-w");
}

/** Fax code of group 3, one dimension (ITU-T T.4): runs of white and black by turns, an end of line before each row. */
function group3Tiff(): Buffer {
  const endOfLine = "000000000001";
  const codes = {
    white: { 0: "00110101", 32: "00011011", 64: "1101100110101" },
    black: { 32: "000001101010" },
  };
  const rows = [codes.white[0] + codes.black[32] + codes.white[32], codes.white[32] + codes.black[32], codes.white[64]];
  const strips = rows.map((row) => {
    const bits = `${(endOfLine + row).repeat(height)}`;
    return Buffer.from(
      (bits.padEnd(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/gu) ?? []).map((b) => parseInt(b, 2)),
    );
  });
  const parts = [Buffer.from("49492a0008000000", "hex")];
  let at = 8;
  for (const [index, strip] of strips.entries()) {
    // Size, one bit, group 3, zero is white, one strip.
    const tags = [256, width, 257, height, 258, 1, 259, 3, 262, 0, 273, 0, 277, 1, 278, height, 279, strip.length];
    const size = 2 + (tags.length / 2) * 12 + 4;
    const directory = Buffer.alloc(size);
    directory.writeUInt16LE(tags.length / 2);
    for (let entry = 0; entry < tags.length / 2; entry++) {
      const [tag = 0, value = 0] = tags.slice(2 * entry);
      directory.writeUInt16LE(tag, 2 + entry * 12);
      directory.writeUInt16LE(4, 4 + entry * 12);
      directory.writeUInt32LE(1, 6 + entry * 12);
      directory.writeUInt32LE(tag === 273 ? at + size : value, 10 + entry * 12);
    }
    const end = at + size + strip.length;
    const odd = end % 2;
    directory.writeUInt32LE(index === strips.length - 1 ? 0 : end + odd, size - 4);
    parts.push(directory, strip, Buffer.alloc(odd));
    at = end + odd;
  }
  return Buffer.concat(parts);
}

describe("every page of a TIFF is read", () => {
  test.each<[string, () => Promise<Buffer> | Buffer]>([
    ["without compression", () => stacked().tiff({ compression: "none" }).toBuffer()],
    ["LZW", () => stacked().tiff({ compression: "lzw" }).toBuffer()],
    ["deflate", () => stacked().tiff({ compression: "deflate" }).toBuffer()],
    ["packbits", () => stacked().tiff({ compression: "packbits" }).toBuffer()],
    ["JPEG", () => stacked().tiff({ compression: "jpeg", quality: 95 }).toBuffer()],
    ["group 4 fax", () => stacked().tiff({ compression: "ccittfax4", bitdepth: 1 }).toBuffer()],
    ["group 3 fax", () => group3Tiff()],
  ])("%s", async (name, make) => {
    const file = await openImage(keep(`${name}.tif`, await make()), "image/tiff", maxPixels);
    expect(file).toMatchObject({ pageCount: 3, animated: false });
    for (const [index, page] of pages.entries()) {
      const { raster } = await file.readPage(index);
      expect(raster).toMatchObject({ width, height });
      const off = raster.grey.reduce((most, value, at) => Math.max(most, Math.abs(value - (page[at] ?? 0))), 0);
      expect(off, `page ${index + 1}`).toBeLessThan(20);
    }
  });
});

/** A PNG with the chunk that announces an animation, put before the picture. */
function animatedPng(png: Buffer): Buffer {
  const data = Buffer.from("6163544c0000000200000000", "hex");
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(8);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.length + 4);
  const header = 33;
  return Buffer.concat([png.subarray(0, header), chunk, png.subarray(header)]);
}

describe("of what moves the first picture is read, and it is said", () => {
  test.each<[string, "image/gif" | "image/webp" | "image/png", () => Promise<Buffer>]>([
    ["GIF", "image/gif", () => stacked().gif().toBuffer()],
    ["WebP", "image/webp", () => stacked().webp({ lossless: true }).toBuffer()],
    [
      "PNG",
      "image/png",
      async () =>
        animatedPng(
          await sharp(pages[0], { raw: { width, height, channels: 1 } })
            .png()
            .toBuffer(),
        ),
    ],
  ])("%s", async (name, mimeType, make) => {
    const file = await openImage(keep(`${name}.moving`, await make()), mimeType, maxPixels);
    expect(file).toMatchObject({ pageCount: 1, animated: true });
    const { raster } = await file.readPage(0);
    expect(raster).toMatchObject({ width, height });
    expect([raster.grey[0], raster.grey[width - 1]]).toEqual([0, 255]);
  });

  test("a PNG that does not move is no animation", async () => {
    const still = await sharp(pages[0], { raw: { width, height, channels: 1 } })
      .png()
      .toBuffer();
    expect(await openImage(keep("still.png", still), "image/png", maxPixels)).toMatchObject({ animated: false });
  });
});
