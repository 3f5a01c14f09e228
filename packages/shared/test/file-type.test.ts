import { describe, expect, test } from "vitest";
import { extensionOf, type MimeType, mimeTypes, sniffBytes, sniffMimeType } from "../src/file-type.ts";

/** Bytes from text (one byte a character) and numbers. */
function head(...parts: (string | number[])[]): Uint8Array {
  const values = parts.flatMap((part) => (typeof part === "string" ? [...part].map((c) => c.charCodeAt(0)) : part));
  return Uint8Array.from(values);
}
const zeros = (count: number) => new Array<number>(count).fill(0);

const heads: [string, MimeType, Uint8Array][] = [
  ["PDF", "application/pdf", head("%PDF-1.7\n")],
  ["PDF after junk", "application/pdf", head("junk\r\n", "%PDF-1.4")],
  ["PDF as late as allowed", "application/pdf", head("x".repeat(sniffBytes - 5), "%PDF-")],
  ["PDF after a byte order mark", "application/pdf", head([0xef, 0xbb, 0xbf], "%PDF-2.0")],
  ["PNG", "image/png", head([0x89], "PNG\r\n", [0x1a, 0x0a])],
  ["JPEG, JFIF", "image/jpeg", head([0xff, 0xd8, 0xff, 0xe0])],
  ["JPEG, Exif", "image/jpeg", head([0xff, 0xd8, 0xff, 0xe1])],
  ["TIFF, little-endian", "image/tiff", head("II", [0x2a, 0])],
  ["TIFF, big-endian", "image/tiff", head("MM", [0, 0x2a])],
  ["BigTIFF", "image/tiff", head("II", [0x2b, 0, 8, 0])],
  ["BigTIFF, big-endian", "image/tiff", head("MM", [0, 0x2b, 0, 8])],
  ["WebP", "image/webp", head("RIFF", [1, 2, 3, 4], "WEBPVP8 ")],
  ["GIF 87", "image/gif", head("GIF87a")],
  ["GIF 89", "image/gif", head("GIF89a")],
  ["HEIC", "image/heic", head([0, 0, 0, 24], "ftypheic", [0, 0, 0, 0], "mif1heic")],
  ["HEIC under the general brand", "image/heic", head([0, 0, 0, 20], "ftypmif1", [0, 0, 0, 0], "heic")],
  ["AVIF", "image/avif", head([0, 0, 0, 20], "ftypavif", [0, 0, 0, 0], "mif1")],
  ["AVIF under the general brand", "image/avif", head([0, 0, 0, 20], "ftypmif1", [0, 0, 0, 0], "avif")],
  ["JPEG 2000", "image/jp2", head([0, 0, 0, 12], "jP  ", [0x0d, 0x0a, 0x87, 0x0a])],
  ...[12, 40, 52, 56, 64, 108, 124].map((size): [string, MimeType, Uint8Array] => [
    `BMP with a header of ${size}`,
    "image/bmp",
    head("BM", zeros(12), [size, 0, 0, 0]),
  ]),
];

describe("sniffMimeType", () => {
  test.each(heads)("knows %s", (_, type, bytes) => {
    expect(sniffMimeType(bytes)).toBe(type);
  });

  test("has an example of every type here", () => {
    expect(new Set(heads.map(([, type]) => type))).toEqual(new Set(mimeTypes));
  });

  test.each(heads)("does not take %s for itself when it is cut by a byte that counts", (name, type, bytes) => {
    // The PDF header may stand anywhere, the rest is judged by what comes first.
    const needed =
      { "image/webp": 12, "image/bmp": 15, "image/png": 8, "image/jpeg": 3, "image/heic": 12, "image/avif": 12 }[
        type as string
      ] ?? bytes.length;
    const least = name.startsWith("PDF") ? bytes.lastIndexOf(0x2d) + 1 : name.startsWith("GIF") ? 6 : needed;
    const length = type === "image/tiff" ? 4 : least;
    expect(sniffMimeType(bytes.subarray(0, length - 1))).toBeUndefined();
  });

  test.each([
    ["nothing", head("")],
    ["text", head("Dear Sir or Madam,")],
    ["text that begins like a bitmap", head("BMW is a maker of cars.")],
    ["HTML", head("<!doctype html><script>alert(1)</script>")],
    ["SVG", head('<svg xmlns="http://www.w3.org/2000/svg">')],
    ["a zip, as every office file is", head("PK", [3, 4])],
    ["a program", head([0x7f], "ELF")],
    ["sound in a RIFF file", head("RIFF", [0, 0, 0, 0], "WAVEfmt ")],
    ["a film in the same container", head([0, 0, 0, 20], "ftypisom", [0, 0, 0, 0], "mp41")],
    ["a PDF header that comes too late", head("x".repeat(sniffBytes - 4), "%PDF-1.7")],
    ["PostScript", head("%!PS-Adobe-3.0")],
    ["a bitmap with a header of no known size", head("BM", zeros(12), [41, 0, 0, 0])],
  ])("does not take %s for a document", (_, bytes) => {
    expect(sniffMimeType(bytes)).toBeUndefined();
  });

  test("looks no further than it says", () => {
    for (const [, type, bytes] of heads) {
      const longer = new Uint8Array(sniffBytes * 2).fill(0x20);
      longer.set(bytes);
      expect(sniffMimeType(longer)).toBe(type);
      expect(sniffMimeType(longer.subarray(0, sniffBytes))).toBe(type);
    }
  });
});

test("every type has an extension of its own", () => {
  expect(new Set(Object.values(extensionOf)).size).toBe(mimeTypes.length);
  for (const type of mimeTypes) expect(extensionOf[type]).toMatch(/^\.[a-z0-9]+$/u);
});
