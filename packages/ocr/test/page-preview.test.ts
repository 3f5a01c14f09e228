import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Rotation } from "@legible/shared/document";
import { sniffMimeType } from "@legible/shared/file-type";
import { degrees, PDFDocument, rgb } from "pdf-lib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { makePool, never } from "./make-pool.ts";
import { withOrientation } from "./picture-files.ts";

const pool = await makePool();

/** Both pictures of the first page. */
function preview(bytes: Uint8Array, rotation: Rotation = 0): Promise<{ full: Buffer; thumbnail: Buffer }> {
  return pool.use(
    async (child) => {
      await writeFile(join(child.folder, "input"), bytes);
      const file = { name: "input", mimeType: sniffMimeType(bytes) ?? "application/pdf" };
      const answer = await child.preview(
        { kind: "preview", file, index: 0, rotation, maxPixels: 100_000_000 },
        { signal: never, timeoutMs: 30_000 },
      );
      const read = (name: string) => readFile(join(child.folder, name));
      return { full: await read(answer.full), thumbnail: await read(answer.thumbnail) };
    },
    { signal: never },
  );
}

/** Which corner is red, as "right bottom" or the like. */
async function redCorner(jpeg: Buffer): Promise<string> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const corners = {
    "left top": [0.1, 0.1],
    "right top": [0.9, 0.1],
    "left bottom": [0.1, 0.9],
    "right bottom": [0.9, 0.9],
  };
  const red = Object.entries(corners).filter(([, [x = 0, y = 0]]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return (data[at] ?? 0) > 180 && (data[at + 1] ?? 255) < 80;
  });
  return red.map(([name]) => name).join(", ");
}

async function size(jpeg: Buffer): Promise<[number, number]> {
  const { format, width, height } = await sharp(jpeg).metadata();
  expect(format).toBe("jpeg");
  return [width, height];
}

/** 4 by 2 inches with red in the corner at the top left, before the page's own rotation. */
async function markedPdf(rotate = 0): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([288, 144]);
  page.drawRectangle({ x: 0, y: 100, width: 80, height: 44, color: rgb(1, 0, 0) });
  page.setRotation(degrees(rotate));
  return document.save();
}

function markedImage(): Promise<Buffer> {
  const mark = { create: { width: 250, height: 125, channels: 3 as const, background: "#ff0000" } };
  return sharp({ create: { width: 1200, height: 600, channels: 3, background: "#ffffff" } })
    .composite([{ input: mark, left: 0, top: 0 }])
    .withMetadata({ density: 300 })
    .jpeg()
    .toBuffer();
}

test("a page of a PDF is drawn in colour at 150 dpi, and as a thumbnail", async () => {
  const { full, thumbnail } = await preview(await markedPdf());
  expect(await size(full)).toEqual([600, 300]);
  expect(await size(thumbnail)).toEqual([240, 120]);
  expect(await redCorner(full)).toBe("left top");
});

test.each([
  [0, "left top", [600, 300]],
  [90, "right top", [300, 600]],
  [180, "right bottom", [600, 300]],
  [270, "left bottom", [300, 600]],
] as const)("a page that was turned by %i° to be read is shown turned", async (rotation, corner, shown) => {
  for (const bytes of [await markedPdf(), await markedImage()]) {
    const { full } = await preview(bytes, rotation);
    expect(await size(full)).toEqual(shown);
    expect(await redCorner(full)).toBe(corner);
  }
});

test("the file's own turn comes first: /Rotate of a PDF, the orientation of a photo", async () => {
  expect(await redCorner((await preview(await markedPdf(90))).full)).toBe("right top");
  const photo = withOrientation(await markedImage(), 6);
  expect(await redCorner((await preview(photo)).full)).toBe("right top");
  expect(await redCorner((await preview(photo, 270)).full)).toBe("left top");
});

test("a small picture is not blown up", async () => {
  const tiny = await sharp({ create: { width: 50, height: 40, channels: 3, background: "#00ff00" } })
    .png()
    .toBuffer();
  expect(await size((await preview(tiny)).full)).toEqual([50, 40]);
});

test("what is damaged is refused", async () => {
  await expect(preview(Buffer.from("%PDF-1.7\nnothing\n"))).rejects.toMatchObject({ code: "DAMAGED_FILE" });
});
