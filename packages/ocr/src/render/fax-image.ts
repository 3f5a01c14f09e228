// Two-level pictures as fax data (ITU-T T.6), which for scans of print is half as large as anything else without loss. Fax data that
// a TIFF holds in one piece is kept as it is.
import { open } from "node:fs/promises";
import { type PDFContext, PDFName, type PDFRef } from "pdf-lib";
import sharp from "sharp";
import { FileStream } from "./file-stream.ts";
import type { Pixels } from "./image-pixels.ts";

/** One page's fax data in a TIFF, bytes. */
export type FaxStrip = { width: number; height: number; start: number; length: number; blackIsZero: boolean };

/** TIFF 6.0: where a page's facts stand, and those under which a PDF can hold its data. Absent ones have the first value. */
const tag = { width: 256, height: 257, zeroMeans: 262, offset: 273, byteCount: 279 };
const wanted: [tag: number, allowed: number[]][] = [
  // Bits a sample, T.6 compression, bits from the left, upright, one sample a pixel, no uncompressed mode.
  [258, [1]],
  [259, [4]],
  [266, [1]],
  [274, [1]],
  [277, [1]],
  [293, [0]],
];
const entryBytes = 12;
/** Pages that may come before the one that is sought; what points in a circle must end. */
const maxPages = 100_000;

/** Whether `pixels` are nothing but black and white. */
export function isBlackAndWhite({ channels, data }: Pixels): boolean {
  return channels === 1 && data.every((value) => value === 0 || value === 255);
}

/** Black and white `pixels` as an image of the document. The data stays in a file at `path` until the document is written. */
export async function embedBlackAndWhite(
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
  const strip = await readFax(path, 0);
  if (strip === undefined) throw new Error("The fax data was not written in one strip");
  return embedFax(context, path, strip, mask);
}

/** The fax data as an image of the document; its bytes are copied from `path` when the document is written. */
export function embedFax(context: PDFContext, path: string, strip: FaxStrip, mask?: PDFRef): PDFRef {
  const { width, height, start, length, blackIsZero } = strip;
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

/** The fax data of page `index` (0-based) of the TIFF at `path`, or undefined when a PDF could not hold it as it is. */
export async function readFax(path: string, index: number): Promise<FaxStrip | undefined> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const read = async (position: number, length: number) =>
      (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
    const head = await read(0, 8);
    const little = head.toString("latin1", 0, 2) === "II";
    const short = (bytes: Buffer, at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
    const long = (bytes: Buffer, at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
    // 43 is BigTIFF, whose fields are longer.
    if (short(head, 2) !== 42 || index > maxPages) return undefined;
    let directory = long(head, 4);
    for (let page = 0; directory > 0 && directory < size; page++) {
      const count = short(await read(directory, 2), 0);
      const entries = await read(directory + 2, count * entryBytes + 4);
      if (page === index) return toStrip(entries, count, size, short, long);
      directory = long(entries, count * entryBytes);
    }
    return undefined;
  } finally {
    await file.close();
  }
}

type ReadNumber = (bytes: Buffer, at: number) => number;

function toStrip(entries: Buffer, count: number, size: number, short: ReadNumber, long: ReadNumber) {
  const values = new Map<number, number>();
  for (let at = 0; at < count * entryBytes; at += entryBytes) {
    // Several values stand elsewhere: more strips than one, or samples.
    if (long(entries, at + 4) !== 1) continue;
    // Type 3 is a short, which stands at the beginning of its four bytes.
    values.set(short(entries, at), short(entries, at + 2) === 3 ? short(entries, at + 8) : long(entries, at + 8));
  }
  const [width, height, start, length] = [tag.width, tag.height, tag.offset, tag.byteCount].map((one) =>
    values.get(one),
  );
  const zeroMeans = values.get(tag.zeroMeans);
  const holdable = wanted.every(([one, allowed]) => allowed.includes(values.get(one) ?? allowed[0] ?? 0));
  if (!holdable || !values.has(259) || (zeroMeans !== 0 && zeroMeans !== 1)) return undefined;
  if (!width || !height || !start || !length || start + length > size) return undefined;
  return { width, height, start, length, blackIsZero: zeroMeans === 1 };
}
