import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument, rgb } from "pdf-lib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { type ColourRaster, findColouredTiles } from "../src/pipeline/colour/coloured-tiles.ts";
import { showColouredPrint } from "../src/pipeline/colour/show-coloured-print.ts";
import { openImage } from "../src/pipeline/image/image-file.ts";
import { pagePixels } from "../src/pipeline/page-pixels.ts";
import { openPdf } from "../src/pipeline/pdf/pdf-file.ts";
import type { Raster } from "../src/pipeline/raster.ts";

type Colour = readonly [number, number, number];
const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];
const yellow: Colour = [255, 230, 0];
const size = { width: 480, height: 240 };
/** A stroke of print of 4 px at every tenth pixel of lines 12 px high; `solid` paints areas instead. */
const isStroke = (x: number, y: number) => x > 20 && x < 460 && y > 30 && y < 210 && y % 24 < 12 && x % 10 < 4;
const isArea = (x: number, y: number) => x > 60 && x < 420 && y > 60 && y < 180;

function picture(ink: Colour, paper: Colour, isInk = isStroke): ColourRaster {
  const data = new Uint8Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) data.set(isInk(x, y) ? ink : paper, (y * size.width + x) * 3);
  return { ...size, channels: 3, data };
}

function inGrey({ width, height, data }: ColourRaster): Raster {
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++)
    grey[at] = (data[at * 3] ?? 0) * 0.3 + (data[at * 3 + 1] ?? 0) * 0.59 + (data[at * 3 + 2] ?? 0) * 0.11;
  return { width, height, grey };
}

/** The lightest stroke and the darkest paper inside the lines of print. */
function contrast({ width, grey }: Raster): { ink: number; paper: number } {
  let [ink, paper] = [0, 255];
  for (let y = 31; y < 209; y++) {
    for (let x = 30; x < 450; x++) {
      const value = grey[y * width + x] ?? 0;
      if (isStroke(x, y) && isStroke(x - 1, y) && isStroke(x + 1, y)) ink = Math.max(ink, value);
      if (![-1, 0, 1].some((by) => isStroke(x + by, y) || isStroke(x, y + by))) paper = Math.min(paper, value);
    }
  }
  return { ink, paper };
}

describe("print that only colour shows", () => {
  test.each([
    ["yellow on white", yellow, white],
    ["cyan on white", [0, 230, 255], white],
    ["pink on white", [255, 176, 192], white],
    ["white on orange", white, [255, 208, 0]],
    ["red on green", [224, 0, 0], [0, 160, 0]],
    ["red on blue", [255, 48, 48], [48, 96, 255]],
  ] as const)("%s becomes dark on light", (_name, ink, paper) => {
    const colour = picture(ink, paper);
    const tiles = findColouredTiles(colour);
    if (tiles === undefined) throw new Error("No coloured print was found.");
    const shown = contrast(showColouredPrint(inGrey(colour), colour, tiles));
    expect(shown.ink).toBeLessThan(60);
    expect(shown.paper).toBeGreaterThan(190);
  });

  test.each([
    ["black print", picture(black, white)],
    ["dark red print, which grey shows", picture([160, 0, 0], white)],
    ["an area of colour, as of a marker", picture(yellow, white, isArea)],
    [
      "black print under a marker",
      {
        ...picture(black, white),
        data: Uint8Array.from(picture(black, white).data, (level, at) => (at % 3 === 2 ? 0 : level)),
      },
    ],
    ["a gradient, as of a photograph", { ...size, channels: 3 as const, data: gradient() }],
  ])("%s is left as it is", (_name, colour) => {
    expect(findColouredTiles(colour)).toBeUndefined();
  });

  test("black print beside it keeps its bytes", () => {
    const colour = picture(yellow, white);
    for (let y = 100; y < size.height; y++)
      for (let x = 0; x < size.width; x++) if (isStroke(x, y)) colour.data.set(black, (y * size.width + x) * 3);
    const tiles = findColouredTiles(colour);
    if (tiles === undefined) throw new Error("No coloured print was found.");
    const grey = inGrey(colour);
    const lower = size.width * 150;
    expect(showColouredPrint(grey, colour, tiles).grey.subarray(lower)).toEqual(grey.grey.subarray(lower));
  });
});

function gradient(): Uint8Array {
  return Uint8Array.from({ length: size.width * size.height * 3 }, (_, at) => {
    const x = Math.floor(at / 3) % size.width;
    const y = Math.floor(at / 3 / size.width);
    return [(x * 2 + y) % 256, (y * 3) % 256, (x * 5 + y * 7) % 256][at % 3] ?? 0;
  });
}

describe("the page's pixels show it", () => {
  const folder = mkdtemp(join(tmpdir(), "legible-colour-"));

  test.each(["png", "jpeg"] as const)("in a %s", async (format) => {
    const { data } = picture(yellow, white);
    const path = join(await folder, `page.${format}`);
    await sharp(data, { raw: { ...size, channels: 3 } })
      .toFormat(format, { quality: 90 })
      .toFile(path);
    const { raster } = await (await openImage(path, `image/${format}`, 1_000_000)).readPage(0);
    expect(contrast(raster).ink).toBeLessThan(110);
  });

  test("in a PDF, where black print alone is rendered as ever", async () => {
    const document = await PDFDocument.create();
    for (const ink of [rgb(1, 0.9, 0), rgb(0, 0, 0)]) {
      const page = document.addPage([size.width, size.height]);
      for (let x = 0; x < size.width; x++)
        for (let y = 31; y < 209; y += 24)
          if (isStroke(x, y) && x % 10 === 0)
            page.drawRectangle({ x, y: size.height - y - 12, width: 3, height: 12, color: ink });
    }
    const path = join(await folder, "page.pdf");
    await writeFile(path, await document.save());
    const file = await openPdf(path, undefined, 10);
    const darkest = async (index: number) =>
      (await pagePixels(file, index)).raster.grey.reduce((least, value) => Math.min(least, value), 255);
    expect(await darkest(0)).toBeLessThan(60);
    expect(await darkest(1)).toBe(0);
    file.close();
  });
});
