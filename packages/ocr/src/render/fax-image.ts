// Two-level pictures as fax data (ITU-T T.6), which for scans of print is half as large as anything else without loss.
import { open } from "node:fs/promises";
import { type PDFContext, PDFName, type PDFRef } from "pdf-lib";
import sharp from "sharp";
import { FileStream } from "./file-stream.ts";
import type { Pixels } from "./image-pixels.ts";

/** TIFF 6.0 tags. */
const tags = { whiteIsZero: 262, offset: 273, byteCount: 279 };
const entryBytes = 12;

/** Whether `pixels` are nothing but black and white. */
export function isBlackAndWhite({ channels, data }: Pixels): boolean {
  return channels === 1 && data.every((value) => value === 0 || value === 255);
}

/** Black and white `pixels` as an image of the document. The data stays in a file at `path` until the document is written. */
export async function embedFax(
  context: PDFContext,
  path: string,
  { width, height, data }: Pixels,
  mask: PDFRef | undefined,
): Promise<PDFRef> {
  // One strip as high as the picture, so that its data is all the data.
  await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .tiff({ compression: "ccittfax4", bitdepth: 1, tileHeight: height })
    .toFile(path);
  const { start, length, blackIsZero } = await readStrip(path);
  const dict = context.obj({
    Type: "XObject",
    Subtype: "Image",
    Width: width,
    Height: height,
    BitsPerComponent: 1,
    ColorSpace: "DeviceGray",
    Filter: "CCITTFaxDecode",
    // Where a zero means black, the fax code's white runs are the black ones.
    DecodeParms: { K: -1, Columns: width, Rows: height, BlackIs1: blackIsZero },
  });
  if (mask !== undefined) dict.set(PDFName.of("SMask"), mask);
  return context.register(new FileStream(dict, path, [{ start, length }]));
}

/** Where the only strip of our own TIFF lies. */
async function readStrip(path: string): Promise<{ start: number; length: number; blackIsZero: boolean }> {
  const file = await open(path, "r");
  try {
    const read = async (position: number, length: number) =>
      (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
    const head = await read(0, 8);
    const little = head.toString("latin1", 0, 2) === "II";
    const short = (bytes: Buffer, at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
    const long = (bytes: Buffer, at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
    const directory = long(head, 4);
    const count = short(await read(directory, 2), 0);
    const entries = await read(directory + 2, count * entryBytes);
    const values = new Map<number, { count: number; value: number }>();
    for (let at = 0; at < entries.length; at += entryBytes) {
      // Type 3 is a short, which stands at the beginning of its four bytes.
      const value = short(entries, at + 2) === 3 ? short(entries, at + 8) : long(entries, at + 8);
      values.set(short(entries, at), { count: long(entries, at + 4), value });
    }
    const offset = values.get(tags.offset);
    const length = values.get(tags.byteCount);
    if (offset?.count !== 1 || length?.count !== 1) throw new Error("The fax data was not written in one strip");
    return { start: offset.value, length: length.value, blackIsZero: values.get(tags.whiteIsZero)?.value === 1 };
  } finally {
    await file.close();
  }
}
