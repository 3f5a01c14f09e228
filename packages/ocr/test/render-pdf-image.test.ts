import { readFile } from "node:fs/promises";
import type { Page } from "@legible/shared/document";
import type { MimeType } from "@legible/shared/file-type";
import { PDFDocument, PDFName, PDFRawStream } from "pdf-lib";
import sharp, { type Sharp } from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { pdfiumText } from "./pdf-readers.ts";
import { bitmap, picture, withOrientation } from "./picture-files.ts";
import {
  assembleIn,
  cleanUp,
  makeBlock,
  makePage,
  pageSize,
  placedWords,
  run,
  treeWords,
  unpacked,
} from "./render-trees.ts";

afterAll(cleanUp);

const tree = makePage(1, [
  makeBlock("p1b1", 40, 40, ["Searchable text stands here", "on two (2) lines \\ of a page."]),
  makeBlock("p1b2", 40, 220, ["漢字 かな 交じり文。 English", "éàü ﬁne 😀 € 𠀋"]),
]);

async function one(bytes: Uint8Array, mimeType: MimeType, page: Page = tree, index = 0) {
  return assembleIn([{ bytes, mimeType, pages: [{ tree: page, index }] }]);
}

/** Streams of images in the PDF, as they are stored. */
async function imageStreams(pdf: Uint8Array): Promise<PDFRawStream[]> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  return document.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFRawStream && object.dict.get(PDFName.of("Subtype")) === PDFName.of("Image") ? [object] : [],
    );
}

/** Shown pixels of the first page; coarse, which is enough to see how it stands. */
async function shown(path: string): Promise<Sharp> {
  await run("pdftoppm", "-r", "40", "-png", "-singlefile", path, path);
  return sharp(await readFile(`${path}.png`)).removeAlpha();
}

/** The PDF's first image as poppler decodes it. */
async function extracted(path: string): Promise<Sharp> {
  await run("pdfimages", "-png", path, path);
  return sharp(await readFile(`${path}-000.png`));
}

async function cornerIsDark(image: Sharp): Promise<boolean[]> {
  const { data, info } = await image.greyscale().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) =>
    (data[Math.floor(y * info.height) * info.width + Math.floor(x * info.width)] ?? 0) < 60;
  return [at(0.1, 0.1), at(0.9, 0.1), at(0.9, 0.9), at(0.1, 0.9)];
}

describe("a searchable PDF from an image", () => {
  test("gives back the same words in the same order in poppler and pdfium, each centred in its box", async () => {
    const { pdf, pdfPath, json } = await one(await picture().png().toBuffer(), "image/png");
    const words = treeWords(tree).map((word) => word.text);
    const wanted = (JSON.parse(json) as { text: string }).text.split(/\s+/u);
    expect(await run("pdftotext", "-raw", pdfPath, "-").then((text) => text.trim().split(/\s+/u))).toEqual(wanted);
    // pdfium spells ligatures out; that is its own reading of the right character.
    const read = await pdfiumText(pdf);
    expect(read.replace("ﬁ", "fi").split(/\s+/u)).toEqual(wanted.map((word) => word.replace("ﬁ", "fi")));
    expect(words.join("").length).toBe(wanted.join("").length);

    const scale = 72 / pageSize.dpi;
    const placed = await placedWords(pdfPath);
    for (const word of treeWords(tree).filter(({ text }) => /^[a-z]+$/iu.test(text))) {
      const found = placed.find(({ text }) => text === word.text);
      expect(found, word.text).toBeDefined();
      const [x0, y0, x1, y1] = found?.box ?? [0, 0, 0, 0];
      // Tolerance: 1 pt at either end.
      expect(Math.abs(x0 - word.bbox[0] * scale)).toBeLessThan(1);
      expect(Math.abs(x1 - word.bbox[2] * scale)).toBeLessThan(1);
      expect((y0 + y1) / 2).toBeGreaterThan(word.bbox[1] * scale);
      expect((y0 + y1) / 2).toBeLessThan(word.bbox[3] * scale);
    }
  });

  test("keeps a right-to-left word in reading order for readers", async () => {
    const page = makePage(1, [makeBlock("p1b1", 40, 40, ["שלום"])]);
    const { pdfPath } = await one(await picture().png().toBuffer(), "image/png", page);
    const text = (await run("pdftotext", pdfPath, "-")).replace(/[\u202a-\u202e\s]/gu, "");
    expect(text).toBe("שלום");
  });

  test("writes one line of text for each line of the tree", async () => {
    const { pdfPath } = await one(await picture().png().toBuffer(), "image/png");
    const lines = (await run("pdftotext", pdfPath, "-")).split("\n").filter((line) => line.trim() !== "");
    expect(lines.slice(0, 2)).toEqual(["Searchable text stands here", "on two (2) lines \\ of a page."]);
  });

  test("follows the baseline of a skewed line", async () => {
    const block = makeBlock("p1b1", 40, 100, ["leaning words all along"]);
    for (const line of block.lines) {
      line.baseline = [40, 128, 440, 148];
      for (const word of line.words) {
        const sink = (word.bbox[0] - 40) / 20;
        word.bbox = [word.bbox[0], word.bbox[1] + sink, word.bbox[2], word.bbox[3] + sink];
      }
      line.bbox = [40, 100, 440, 156];
    }
    const page = makePage(1, [block]);
    const { pdfPath } = await one(await picture().png().toBuffer(), "image/png", page);
    const scale = 72 / pageSize.dpi;
    const placed = await placedWords(pdfPath);
    expect(placed.map(({ text }) => text)).toEqual(["leaning", "words", "all", "along"]);
    treeWords(page).forEach((word, index) => {
      const [x0, y0, x1, y1] = placed[index]?.box ?? [0, 0, 0, 0];
      expect((x0 + x1) / 2).toBeCloseTo(((word.bbox[0] + word.bbox[2]) / 2) * scale, -0.5);
      expect((y0 + y1) / 2).toBeGreaterThan(word.bbox[1] * scale);
      expect((y0 + y1) / 2).toBeLessThan(word.bbox[3] * scale);
    });
  });

  test("shows nothing of the text", async () => {
    const bytes = await picture().png().toBuffer();
    const withText = await shown((await one(bytes, "image/png")).pdfPath);
    const without = await shown((await one(bytes, "image/png", makePage(1, []))).pdfPath);
    expect((await withText.raw().toBuffer()).equals(await without.raw().toBuffer())).toBe(true);
  });

  test("holds a JPEG byte for byte", async () => {
    const bytes = await picture().jpeg().toBuffer();
    const { pdf } = await one(bytes, "image/jpeg");
    const [stream] = await imageStreams(pdf);
    expect(Buffer.from(stream?.contents ?? []).equals(bytes)).toBe(true);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("shows a JPEG of EXIF orientation %i as viewers do", async (orientation) => {
    const turned = orientation > 4;
    const size: [number, number] = turned ? [pageSize.height, pageSize.width] : [pageSize.width, pageSize.height];
    const bytes = withOrientation(
      await picture(...size)
        .jpeg({ quality: 95 })
        .toBuffer(),
      orientation,
    );
    const { pdfPath } = await one(bytes, "image/jpeg");
    expect(await cornerIsDark(await shown(pdfPath))).toEqual(await cornerIsDark(sharp(bytes).autoOrient()));
  });

  test.each([90, 180, 270] as const)("stands a scan upright that was turned by %i degrees", async (rotation) => {
    const size: [number, number] =
      rotation === 180 ? [pageSize.width, pageSize.height] : [pageSize.height, pageSize.width];
    const bytes = await picture(...size)
      .png()
      .toBuffer();
    const { pdfPath } = await one(bytes, "image/png", { ...tree, rotation });
    expect(await cornerIsDark(await shown(pdfPath))).toEqual(
      await cornerIsDark(sharp(await sharp(bytes).rotate(rotation).toBuffer())),
    );
  });

  test.each([
    ["grey", () => picture().greyscale().png()],
    ["colour", () => picture().png()],
    ["palette", () => picture().png({ palette: true, colours: 16 })],
  ])("passes the data of a %s PNG through and shows the same pixels", async (_name, make) => {
    const bytes = await make().toBuffer();
    const { pdf, pdfPath } = await one(bytes, "image/png");
    const [stream] = await imageStreams(pdf);
    expect(bytes.includes(Buffer.from(stream?.contents ?? []).subarray(0, 4000))).toBe(true);
    await expectSamePicture(await extracted(pdfPath), sharp(bytes));
  });

  test("passes the data of a 16-bit PNG through", async () => {
    const bytes = await picture().toColourspace("rgb16").png().toBuffer();
    const { pdf, pdfPath } = await one(bytes, "image/png");
    const [stream] = await imageStreams(pdf);
    expect(String(stream?.dict.get(PDFName.of("BitsPerComponent")))).toBe("16");
    expect(await cornerIsDark(await shown(pdfPath))).toEqual([true, false, false, false]);
  });

  test.each<[string, MimeType, () => Promise<Buffer>]>([
    ["interlaced PNG", "image/png", () => picture().png({ progressive: true }).toBuffer()],
    ["TIFF", "image/tiff", () => picture().tiff({ compression: "lzw" }).toBuffer()],
    ["WebP", "image/webp", () => picture().webp({ lossless: true }).toBuffer()],
    ["GIF", "image/gif", () => picture().gif().toBuffer()],
  ])("shows the same pixels as the %s that had to be decoded", async (_name, mimeType, make) => {
    const bytes = await make();
    await expectSamePicture(
      await extracted((await one(bytes, mimeType)).pdfPath),
      sharp(bytes).toColourspace("srgb").removeAlpha(),
    );
  });

  test("keeps a two-level TIFF at one bit a pixel", async () => {
    const bytes = await picture().threshold(128).tiff({ bitdepth: 1, compression: "lzw" }).toBuffer();
    const { pdf } = await one(bytes, "image/tiff");
    const [stream] = await imageStreams(pdf);
    expect(String(stream?.dict.get(PDFName.of("BitsPerComponent")))).toBe("1");
  });

  test("keeps transparency as a mask beside the picture", async () => {
    const bytes = await picture().ensureAlpha(0.5).png().toBuffer();
    const { pdf, pdfPath } = await one(bytes, "image/png");
    expect(await imageStreams(pdf)).toHaveLength(2);
    await expectSamePicture(await extracted(pdfPath), sharp(bytes).removeAlpha());
  });

  test("shows a 24-bit BMP in colour", async () => {
    const raw = await picture(60, 40).raw().toBuffer();
    const { pdfPath } = await one(bitmap(raw, 60, 40), "image/bmp", makePage(1, [], { width: 60, height: 40 }));
    await expectSamePicture(await extracted(pdfPath), sharp(raw, { raw: { width: 60, height: 40, channels: 3 } }));
  });

  test("is clean for qpdf, in object streams, and gives the same bytes each time", async () => {
    const bytes = await picture().jpeg().toBuffer();
    const first = await one(bytes, "image/jpeg");
    const second = await one(bytes, "image/jpeg");
    expect(await run("qpdf", "--check", first.pdfPath)).toContain("No syntax or stream encoding errors");
    expect(first.pdf.equals(second.pdf)).toBe(true);
    expect(first.json).toBe(second.json);
    expect(first.pdf.includes("/ObjStm")).toBe(true);
    expect(await unpacked(first.pdfPath)).toContain("/Producer (Legible)");
  });

  test("is at most 5 % and 3 kB a page larger than a dense page's image", async () => {
    const lines = Array.from({ length: 50 }, (_, row) =>
      Array.from({ length: 10 }, (_w, column) => `word${row * 7 + column}`).join(" "),
    );
    const page = makePage(1, [makeBlock("p1b1", 40, 40, lines)], { width: 1654, height: 3000 });
    const bytes = await picture(1654, 3000).jpeg().toBuffer();
    const { pdf } = await one(bytes, "image/jpeg", page);
    expect(pdf.length).toBeLessThan(1.05 * bytes.length + 3000);
  });

  test("joins several images and keeps the place of one that could not be read", async () => {
    const bytes = await picture().png().toBuffer();
    const error = { code: "DAMAGED_FILE", message: "The file is damaged and cannot be opened." } as const;
    const { pdf, pdfPath, markdown, json } = await assembleIn([
      { bytes, mimeType: "image/png", pages: [{ tree, index: 0 }] },
      {
        bytes: bytes.subarray(0, 100),
        mimeType: "image/png",
        pages: [{ tree: makePage(2, [], { source: "failed", error }), index: 0 }],
      },
    ]);
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(2);
    expect(await run("qpdf", "--check", pdfPath)).toContain("No syntax or stream encoding errors");
    expect(markdown).toContain("*Page 2 could not be read: The file is damaged and cannot be opened.*");
    expect((JSON.parse(json) as { text: string }).text.endsWith("\f")).toBe(true);
  });
});

async function expectSamePicture(actual: Sharp, wanted: Sharp, tolerance = 1): Promise<void> {
  const pixels = async (image: Sharp) =>
    image.toColourspace("srgb").raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const [one, other] = [await pixels(actual), await pixels(wanted)];
  expect([one.info.width, one.info.height]).toEqual([other.info.width, other.info.height]);
  const channels = other.info.channels;
  let worst = 0;
  for (let at = 0; at < one.data.length; at++) {
    const same = channels === 1 ? Math.floor(at / 3) : at;
    worst = Math.max(worst, Math.abs((one.data[at] ?? 0) - (other.data[same] ?? 0)));
  }
  expect(worst).toBeLessThanOrEqual(tolerance);
}
