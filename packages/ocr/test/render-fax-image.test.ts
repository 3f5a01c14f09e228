import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument, PDFName, PDFRawStream } from "pdf-lib";
import sharp, { type Sharp } from "sharp";
import { afterAll, expect, test } from "vitest";
import { readFax } from "../src/render/fax-image.ts";
import { picture } from "./picture-files.ts";
import { assembleIn, cleanUp, makeBlock, makeFolder, makePage, run } from "./render-trees.ts";

afterAll(cleanUp);

const tree = makePage(1, [makeBlock("p1b1", 40, 40, ["words"])]);
const blackAndWhite = (): Sharp => picture().threshold(128).toColourspace("b-w");

async function assembled(bytes: Buffer, mimeType: "image/tiff" | "image/bmp") {
  const { pdf, pdfPath } = await assembleIn([{ bytes, mimeType, pages: [{ tree, index: 0 }] }]);
  await run("qpdf", "--check", pdfPath);
  await run("pdfimages", "-png", pdfPath, pdfPath);
  const { context } = await PDFDocument.load(pdf, { updateMetadata: false });
  const images = context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [object] : []))
    .filter(({ dict }) => dict.get(PDFName.of("Subtype")) === PDFName.of("Image"));
  const filters = images.map(({ dict }) => dict.get(PDFName.of("Filter"))?.toString());
  const data = images.map(({ contents }) => contents);
  const shown = sharp(await readFile(`${pdfPath}-000.png`));
  return { filters, data, shown };
}

const greys = (image: Sharp): Promise<Buffer> => image.removeAlpha().greyscale().raw().toBuffer();

test.each([
  ["G4", () => blackAndWhite().tiff({ bitdepth: 1, compression: "ccittfax4", tileHeight: 2000 }).toBuffer()],
  [
    "G4, white is zero",
    () =>
      blackAndWhite().tiff({ bitdepth: 1, compression: "ccittfax4", tileHeight: 2000, miniswhite: true }).toBuffer(),
  ],
  [
    "G4 in many strips",
    () => blackAndWhite().tiff({ bitdepth: 1, compression: "ccittfax4", tileHeight: 16 }).toBuffer(),
  ],
  ["LZW", () => blackAndWhite().tiff({ bitdepth: 1, compression: "lzw", predictor: "none" }).toBuffer()],
  ["white is zero", () => blackAndWhite().tiff({ bitdepth: 1, compression: "none", miniswhite: true }).toBuffer()],
  ["eight bits a pixel", () => blackAndWhite().tiff({ compression: "deflate" }).toBuffer()],
])("a black and white TIFF (%s) becomes fax data that shows the same pixels", async (_name, make) => {
  const bytes = await make();
  const { filters, shown } = await assembled(bytes, "image/tiff");
  expect(filters).toEqual(["/CCITTFaxDecode"]);
  expect((await greys(shown)).equals(await greys(sharp(bytes)))).toBe(true);
});

test("the fax data of a TIFF in one strip is kept byte for byte", async () => {
  const bytes = await blackAndWhite().tiff({ bitdepth: 1, compression: "ccittfax4", tileHeight: 2000 }).toBuffer();
  const { data } = await assembled(bytes, "image/tiff");
  expect(data.map((stream) => bytes.includes(stream))).toEqual([true]);
});

test("fax data that ends beyond the file is not taken as it is", async () => {
  const bytes = await blackAndWhite().tiff({ bitdepth: 1, compression: "ccittfax4", tileHeight: 2000 }).toBuffer();
  const path = join(await makeFolder(), "cut.tif");
  await writeFile(path, bytes);
  expect(await readFax(path, 0)).toBeDefined();
  expect(await readFax(path, 1)).toBeUndefined();
  // The strip's length, tag 279 in a little-endian file.
  const at = bytes.indexOf(Buffer.from([0x17, 0x01, 4, 0, 1, 0, 0, 0]));
  bytes.writeUInt32LE(bytes.length, at + 8);
  await writeFile(path, bytes);
  expect(await readFax(path, 0)).toBeUndefined();
});

test("a picture with greys is no fax data", async () => {
  const { filters } = await assembled(await picture().tiff({ compression: "lzw" }).toBuffer(), "image/tiff");
  expect(filters).toEqual(["/FlateDecode"]);
});
