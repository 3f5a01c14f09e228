import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import type { Raster } from "../src/pipeline/raster.ts";
import type { SandboxPool } from "../src/sandbox/pool.ts";
import { encryptedPdf } from "./encrypt-pdf.ts";
import { makePool, never, readDocument, textOf } from "./make-pool.ts";
import { drawnPdf, makeScan, picture, rawPdf, textPdf } from "./make-scan.ts";

let pool: SandboxPool;
let scan: Raster;
beforeAll(async () => {
  pool = await makePool();
  scan = await makeScan();
});

const pdf = { name: "input", mimeType: "application/pdf" as const };
const png = { name: "input", mimeType: "image/png" as const };
const half = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length / 2));

function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(33);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(header);
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  header.writeUInt8(1, 24);
  return header;
}

function bmpHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(62);
  header.write("BM");
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(24, 28);
  return header;
}

describe("each bad file ends in its code, and the next document works", () => {
  const cases: [string, string, () => Promise<Uint8Array> | Uint8Array, { file?: typeof pdf | typeof png }?][] = [
    ["an empty file", "EMPTY_FILE", () => new Uint8Array(0), { file: pdf }],
    ["a text file named .pdf", "UNSUPPORTED_CONTENT", () => Buffer.from("Dear Sir or Madam,"), { file: pdf }],
    ["SVG that claims to be PNG", "UNSUPPORTED_CONTENT", () => Buffer.from("<svg xmlns='…'/>"), { file: png }],
    ["a PDF cut in half", "DAMAGED_FILE", async () => half(await textPdf([[{ text: "half", y: 20 }]]))],
    ["a PDF that is only a header", "DAMAGED_FILE", () => Buffer.from("%PDF-1.7\n%%EOF\n")],
    [
      "a PDF without pages",
      "NO_PAGES",
      () => rawPdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"]),
    ],
    ["a PDF with a password", "ENCRYPTED_PDF", () => encryptedPdf("letmein")],
    ["a PNG cut in half", "DAMAGED_FILE", async () => half(await picture(scan).png().toBuffer())],
    ["a JPEG cut in half", "DAMAGED_FILE", async () => half(await picture(scan).jpeg().toBuffer())],
    ["a WebP cut in half", "DAMAGED_FILE", async () => half(await picture(scan).webp().toBuffer())],
    ["a TIFF cut in half", "DAMAGED_FILE", async () => half(await picture(scan).tiff().toBuffer())],
    ["a BMP without its pixels", "DAMAGED_FILE", () => bmpHeader(500, 500)],
    ["a PNG of 20,001 pixels a side", "TOO_MANY_PIXELS", () => tallPng(20_001)],
    ["a BMP header of 30,000 × 30,000", "TOO_MANY_PIXELS", () => bmpHeader(30_000, 30_000)],
    ["a PNG header of 2³¹ − 1 pixels a side", "DAMAGED_FILE", () => pngHeader(2 ** 31 - 1, 2 ** 31 - 1)],
  ];
  test.each(cases)("%s is %s", async (_, code, make, more) => {
    await expect(readDocument(pool, await make(), more)).rejects.toMatchObject({ code });
    const next = await readDocument(pool, await textPdf([[{ text: "The next document, quite sane.", y: 100 }]]));
    expect(next.pages.map(textOf)).toEqual(["The next document, quite sane."]);
  });
});

test("a password opens the PDF; a wrong one is told apart from none", async () => {
  const locked = encryptedPdf("letmein");
  await expect(readDocument(pool, locked, { password: "guess" })).rejects.toMatchObject({ code: "WRONG_PASSWORD" });
  const { pages } = await readDocument(pool, locked, { password: "letmein" });
  expect(pages.map(textOf)).toEqual(["A page that was locked away"]);
});

test("more pages than allowed, or more pixels, are refused before anything is decoded", async () => {
  const three = await textPdf([[], [], []]);
  await expect(readDocument(pool, three, { maxPages: 2 })).rejects.toMatchObject({ code: "TOO_MANY_PAGES" });
  const image = await picture(scan).png().toBuffer();
  await expect(readDocument(pool, image, { maxPixels: 1000 })).rejects.toMatchObject({ code: "TOO_MANY_PIXELS" });
});

test("a page that eats memory and a page that hangs fail alone, with their codes", async () => {
  const sane = "BT /F1 14 Tf 10 100 Td (An ordinary page of text) Tj ET";
  // A form that draws itself twice; a tiling pattern with a step of a thousandth of a point.
  const resources = "/Font << /F1 9 0 R >> /XObject << /X 10 0 R >> /Pattern << /P 11 0 R >>";
  const form = "/X Do /X Do";
  const tile = "0 0 1 1 re f";
  const bytes = drawnPdf([sane, "/X Do", "/Pattern cs /P scn 0 0 200 200 re f"], resources, [
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    `<< /Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources << /XObject << /X 10 0 R >> >> /Length ${form.length} >>\nstream\n${form}\nendstream`,
    `<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 /Resources << >> /Length ${tile.length} >>\nstream\n${tile}\nendstream`,
  ]);
  const outcomes = await pool.use(
    async (child) => {
      writeFileSync(join(child.folder, "input"), bytes);
      const request = { file: pdf, mode: "auto" as const, maxPixels: 100_000_000 };
      const plan = await child.inspect(
        { kind: "inspect", maxPages: 10, ...request },
        { signal: never, timeoutMs: 20_000 },
      );
      const read: string[] = [];
      for (const { index, decision } of plan.pages) {
        const page = { kind: "readPage" as const, index, number: index + 1, decision, rotate: false, deskew: false };
        const call = { signal: never, timeoutMs: index === 2 ? 2_000 : 20_000 };
        read.push(
          await child.readPage({ ...request, ...page, languages: ["eng"] }, call).then(textOf, (error) => error.code),
        );
      }
      return read;
    },
    { signal: never },
  );
  expect(outcomes).toEqual(["An ordinary page of text", "OUT_OF_MEMORY", "PAGE_TIMEOUT"]);
});

/** A valid 1-bit PNG, 8 px wide. */
function tallPng(height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = pngHeader(8, height).subarray(16, 29);
  const rows = deflateSync(Buffer.alloc(height * 2));
  return Buffer.concat([
    pngHeader(8, height).subarray(0, 8),
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
