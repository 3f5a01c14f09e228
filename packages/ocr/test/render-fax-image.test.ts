import { readFile } from "node:fs/promises";
import { PDFDocument, PDFName, PDFRawStream } from "pdf-lib";
import sharp, { type Sharp } from "sharp";
import { afterAll, expect, test } from "vitest";
import { picture } from "./picture-files.ts";
import { assembleIn, cleanUp, makeBlock, makePage, run } from "./render-trees.ts";

afterAll(cleanUp);

const tree = makePage(1, [makeBlock("p1b1", 40, 40, ["words"])]);
const blackAndWhite = (): Sharp => picture().threshold(128).toColourspace("b-w");

async function assembled(bytes: Buffer, mimeType: "image/tiff" | "image/bmp") {
  const { pdf, pdfPath } = await assembleIn([{ bytes, mimeType, pages: [{ tree, index: 0 }] }]);
  await run("qpdf", "--check", pdfPath);
  await run("pdfimages", "-png", pdfPath, pdfPath);
  const { context } = await PDFDocument.load(pdf, { updateMetadata: false });
  const filters = context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [object.dict] : []))
    .filter((dict) => dict.get(PDFName.of("Subtype")) === PDFName.of("Image"))
    .map((dict) => dict.get(PDFName.of("Filter"))?.toString());
  const shown = sharp(await readFile(`${pdfPath}-000.png`));
  return { filters, shown };
}

const greys = (image: Sharp): Promise<Buffer> => image.removeAlpha().greyscale().raw().toBuffer();

test.each([
  ["G4", () => blackAndWhite().tiff({ bitdepth: 1, compression: "ccittfax4" }).toBuffer()],
  [
    "G4 in many strips",
    () => blackAndWhite().tiff({ bitdepth: 1, compression: "ccittfax4", tileHeight: 16 }).toBuffer(),
  ],
  ["LZW", () => blackAndWhite().tiff({ bitdepth: 1, compression: "lzw" }).toBuffer()],
  ["white is zero", () => blackAndWhite().tiff({ bitdepth: 1, compression: "none", miniswhite: true }).toBuffer()],
  ["eight bits a pixel", () => blackAndWhite().tiff({ compression: "deflate" }).toBuffer()],
])("a black and white TIFF (%s) becomes fax data that shows the same pixels", async (_name, make) => {
  const bytes = await make();
  const { filters, shown } = await assembled(bytes, "image/tiff");
  expect(filters).toEqual(["/CCITTFaxDecode"]);
  expect((await greys(shown)).equals(await greys(sharp(bytes)))).toBe(true);
});

test("a picture with greys is no fax data", async () => {
  const { filters } = await assembled(await picture().tiff({ compression: "lzw" }).toBuffer(), "image/tiff");
  expect(filters).toEqual(["/FlateDecode"]);
});
