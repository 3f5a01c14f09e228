// A PNG inside a PDF without decoding it: PDF's Flate filter with PNG predictors reads what the IDAT chunks hold.
// PNG specification 1.2, chapters 3 and 4; PDF 32000-1, 7.4.4.
import { open } from "node:fs/promises";
import { type PDFContext, PDFHexString, PDFName, type PDFRef } from "pdf-lib";
import { type ByteRange, FileStream } from "./file-stream.ts";

export type PngFile = {
  width: number;
  height: number;
  bits: number;
  colour: "grey" | "rgb" | "palette";
  palette: Buffer | undefined;
  data: ByteRange[];
};

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const colours: Record<number, PngFile["colour"]> = { 0: "grey", 2: "rgb", 3: "palette" };

/** What `path` holds, or undefined when it cannot be passed through: transparent, interlaced, incomplete or no PNG. */
export async function readPng(path: string): Promise<PngFile | undefined> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const read = async (start: number, length: number) =>
      (await file.read(Buffer.alloc(length), 0, length, start)).buffer;
    if (!(await read(0, 8)).equals(signature)) return undefined;
    let png: PngFile | undefined;
    for (let at = 8; at + 12 <= size; ) {
      const head = await read(at, 8);
      const length = head.readUInt32BE(0);
      const type = head.toString("latin1", 4, 8);
      if (at + 12 + length > size) return undefined;
      if (type === "IHDR") png = toPng(await read(at + 8, 13));
      if (png === undefined || type === "tRNS") return undefined;
      if (type === "PLTE" && length <= 768) png.palette = await read(at + 8, length);
      if (type === "IDAT") png.data.push({ start: at + 8, length });
      if (type === "IEND") return isUsable(png) ? png : undefined;
      at += 12 + length;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

function toPng(header: Buffer): PngFile | undefined {
  const colour = colours[header.readUInt8(9)];
  const interlaced = header.readUInt8(12) !== 0;
  if (colour === undefined || interlaced) return undefined;
  const bits = header.readUInt8(8);
  return { width: header.readUInt32BE(0), height: header.readUInt32BE(4), bits, colour, palette: undefined, data: [] };
}

function isUsable(png: PngFile): boolean {
  return png.data.length > 0 && (png.colour !== "palette" || (png.palette !== undefined && png.palette.length >= 3));
}

/** The image as an object of the document; its bytes are copied from `path` when the document is written. */
export function embedPng(context: PDFContext, path: string, png: PngFile, mask?: PDFRef): PDFRef {
  const dict = context.obj({
    Type: "XObject",
    Subtype: "Image",
    Width: png.width,
    Height: png.height,
    BitsPerComponent: png.bits,
    Filter: "FlateDecode",
    DecodeParms: {
      Predictor: 15,
      Colors: png.colour === "rgb" ? 3 : 1,
      BitsPerComponent: png.bits,
      Columns: png.width,
    },
  });
  dict.set(
    PDFName.of("ColorSpace"),
    png.palette === undefined || png.colour !== "palette"
      ? PDFName.of(png.colour === "rgb" ? "DeviceRGB" : "DeviceGray")
      : indexed(context, png.palette),
  );
  if (mask !== undefined) dict.set(PDFName.of("SMask"), mask);
  return context.register(new FileStream(dict, path, png.data));
}

/** An Indexed colour space of `palette`, RGB byte triples. */
export function indexed(context: PDFContext, palette: Buffer) {
  const entries = Math.floor(palette.length / 3);
  const table = PDFHexString.of(palette.toString("hex", 0, entries * 3));
  return context.obj([PDFName.of("Indexed"), PDFName.of("DeviceRGB"), context.obj(entries - 1), table]);
}
