import { readFile } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { joinStrips } from "../src/render/tiff-jpeg.ts";
import { picture } from "./picture-files.ts";
import { assembleIn, cleanUp, makePage, run } from "./render-trees.ts";

afterAll(cleanUp);

/** Rows of a strip: a multiple of 16, as subsampled colour needs. */
const rows = 48;
const strips = (image: Sharp, height = rows) =>
  image.tiff({ compression: "jpeg", quality: 80, tileHeight: height }).toBuffer();

async function meanDifference(a: Sharp, b: Sharp): Promise<number> {
  const [left, right] = await Promise.all([a, b].map((image) => image.toColourspace("srgb").raw().toBuffer()));
  if (left === undefined || right === undefined || left.length !== right.length) return 255;
  return left.reduce((sum, value, index) => sum + Math.abs(value - (right[index] ?? 0)), 0) / left.length;
}

describe("JPEG data inside a TIFF", () => {
  test.each<[string, () => Promise<Buffer>]>([
    ["in strips, in colour", () => strips(picture(600, 410))],
    ["in strips, in grey", () => strips(picture(600, 410).greyscale().toColourspace("b-w"))],
    ["in one strip", () => strips(picture(600, 400), 400)],
  ])("%s goes into the PDF without being decoded", async (_name, make) => {
    const bytes = await make();
    const { width, height } = await sharp(bytes).metadata();
    const tree = makePage(1, [], { width, height });
    const { pdf, pdfPath } = await assembleIn([{ bytes, mimeType: "image/tiff", pages: [{ tree, index: 0 }] }]);
    expect(await run("qpdf", "--check", pdfPath)).toContain("No syntax or stream encoding errors");
    expect(pdf.includes("/DCTDecode")).toBe(true);
    expect(pdf.length).toBeLessThan(1.05 * bytes.length + 3000);
    await run("pdftoppm", "-png", "-r", "150", pdfPath, pdfPath);
    // Readers round colours and smooth differences of colour each in its own way.
    const shown = sharp(await readFile(`${pdfPath}-1.png`)).removeAlpha();
    expect(await meanDifference(shown, sharp(bytes))).toBeLessThan(2);
  });

  test("of another coding, turned, or cut off is decoded as before", async () => {
    expect(joinStrips(await picture(64, 48).tiff({ compression: "lzw" }).toBuffer(), 0)).toBeUndefined();
    const bytes = await strips(picture(600, 410));
    expect(joinStrips(bytes, 1)).toBeUndefined();
    expect(joinStrips(bytes.subarray(0, bytes.length / 2), 0)).toBeUndefined();
    expect(joinStrips(Buffer.alloc(0), 0)).toBeUndefined();
  });
});
