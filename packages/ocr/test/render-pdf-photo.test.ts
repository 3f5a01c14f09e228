// Photos in the searchable PDF: as they were sent where a PDF can hold them, and never with the place where they were taken.
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { openPdfiumFile } from "../src/render/pdfium-file.ts";
import { makeHeic } from "./make-heic.ts";
import { blackAndWhiteJp2, picture, withMetadataBox, withOrientation } from "./picture-files.ts";
import { assembleIn, cleanUp, makePage, run } from "./render-trees.ts";

afterAll(cleanUp);

const place = "GPS 25.0330 N, 121.5654 E";

/** Shade of the page's left and right half, 0–255. */
async function halves(path: string): Promise<number[]> {
  const opened = await openPdfiumFile(path);
  const shown = opened?.render(0, 72);
  opened?.close();
  if (shown === undefined) throw new Error("The page could not be shown");
  const { width, height, data } = shown;
  const at = (share: number) => data[(Math.floor(height / 2) * width + Math.floor(width * share)) * 4] ?? -1;
  return [at(0.25), at(0.75)];
}

function segment(marker: number, text: string): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(2 + text.length, 2);
  return Buffer.concat([head, Buffer.from(text)]);
}

describe("a JPEG", () => {
  async function withPlaces(options: { progressive: boolean }): Promise<Buffer> {
    const jpeg = withOrientation(await picture().jpeg(options).toBuffer(), 6);
    const metadata = [
      segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${place}`),
      segment(0xed, place),
      segment(0xfe, place),
    ];
    // Phones write films and larger pictures after the end.
    return Buffer.concat([jpeg.subarray(0, 2), ...metadata, jpeg.subarray(2), Buffer.from(place)]);
  }

  test.each([false, true])(
    "is passed on without its metadata (progressive: %s), pixel by pixel the same",
    async (progressive) => {
      const bytes = await withPlaces({ progressive });
      const tree = makePage(1, [], { width: 600, height: 900 });
      const input = { bytes, mimeType: "image/jpeg" as const, pages: [{ tree, index: 0 }] };
      const { pdf, pdfPath, folder } = await assembleIn([input]);
      expect(bytes.includes(place)).toBe(true);
      expect(pdf.includes(place)).toBe(false);
      expect(pdf.includes("Exif")).toBe(false);
      expect(await run("qpdf", "--check", pdfPath)).toContain("No syntax or stream encoding errors");
      await run("pdfimages", "-all", pdfPath, `${folder}/out`);
      const [inside, sent] = await Promise.all(
        [`${folder}/out-000.jpg`, bytes].map((file) => sharp(file).raw().toBuffer()),
      );
      expect(inside?.equals(sent ?? Buffer.alloc(0))).toBe(true);
      expect(pdf.length).toBeLessThan(1.05 * bytes.length + 3000);
    },
  );
});

test("JPEG 2000 is passed on as it is, without its metadata", async () => {
  const bytes = withMetadataBox(blackAndWhiteJp2, place);
  const tree = makePage(1, [], { width: 32, height: 16, dpi: 72 });
  const { pdf, pdfPath } = await assembleIn([{ bytes, mimeType: "image/jp2", pages: [{ tree, index: 0 }] }]);
  expect(pdf.includes(blackAndWhiteJp2)).toBe(true);
  expect(pdf.includes(place)).toBe(false);
  expect(await halves(pdfPath)).toEqual([0, 255]);
});

describe("a photo that no PDF can hold", () => {
  /** Dark on the left, light on the right, with a little noise: no drawing of few colours. */
  const width = 320;
  const height = 160;
  const grey = Uint8Array.from({ length: width * height }, (_, at) => {
    const x = at % width;
    return (x < width / 2 ? 40 : 200) + ((at * 7919) % 23);
  });

  test.each<[string, "image/heic" | "image/avif", () => Promise<Buffer> | Buffer]>([
    ["HEIC", "image/heic", () => makeHeic({ width, height, grey }, { exif: Buffer.from(place) })],
    [
      "AVIF",
      "image/avif",
      () =>
        sharp(grey, { raw: { width, height, channels: 1 } })
          .withExif({ IFD0: { ImageDescription: place } })
          .avif({ quality: 80, effort: 0 })
          .toBuffer(),
    ],
  ])("%s becomes a JPEG that looks the same and says no place", async (_name, mimeType, make) => {
    const bytes = await make();
    expect(bytes.includes(place)).toBe(true);
    const tree = makePage(1, [], { width, height, dpi: 72 });
    const { pdf, pdfPath } = await assembleIn([{ bytes, mimeType, pages: [{ tree, index: 0 }] }]);
    expect(pdf.includes("/DCTDecode")).toBe(true);
    expect(pdf.includes(place)).toBe(false);
    const [left = 0, right = 0] = await halves(pdfPath);
    expect(left).toBeLessThan(80);
    expect(right).toBeGreaterThan(180);
  });

  test("HEIC that is to be mirrored and turned stands as viewers show it", async () => {
    const bytes = makeHeic({ width, height, grey }, { turns: 2 });
    const tree = makePage(1, [], { width, height, dpi: 72 });
    const { pdfPath } = await assembleIn([{ bytes, mimeType: "image/heic", pages: [{ tree, index: 0 }] }]);
    const [left = 0, right = 0] = await halves(pdfPath);
    expect(left).toBeGreaterThan(right);
    const mirrored = makeHeic({ width, height, grey }, { mirrored: true });
    const again = await assembleIn([{ bytes: mirrored, mimeType: "image/heic", pages: [{ tree, index: 0 }] }]);
    const [first = 0, second = 0] = await halves(again.pdfPath);
    expect(first).toBeGreaterThan(second);
  });
});
