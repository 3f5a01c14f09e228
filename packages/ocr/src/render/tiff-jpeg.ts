// JPEG data inside a TIFF (compression 7, TIFF Technical Note 2) as one JPEG, without decoding it. The strips of a page are JPEGs of some
// rows each; with a restart marker between them their codes are those of one picture, since a restart and a new strip both begin afresh.
import { readFile, writeFile } from "node:fs/promises";
import type { PDFContext, PDFRef } from "pdf-lib";
import { embedJpeg, readJpeg } from "./jpeg-passthrough.ts";
import { readTiffDirectory, type TiffDirectory } from "./tiff-directory.ts";

const tag = { compression: 259, photometric: 262, offsets: 273, rows: 278, counts: 279, orientation: 274, tables: 347 };
const jpegCompression = 7;
/** What the samples are: grey, colours as they are, brightness and two colour differences. */
const grey = 1;
const rgb = 2;
const yCbCr = 6;
const frames = new Set([0xc0, 0xc1]);
const restartInterval = 0xdd;
const startOfScan = 0xda;
const endOfImage = 0xd9;
const tableMarkers = new Set([0xdb, 0xc4]);

/** The JPEG of page `index` (0-based), or undefined when its strips are not parts of one. `photometric` as TIFF has it. */
export function joinStrips(file: Buffer, index: number): { jpeg: Buffer; photometric: number } | undefined {
  const directory = readTiffDirectory(file, index);
  const photometric = directory?.get(tag.photometric)?.[0] ?? -1;
  if (directory === undefined || directory.get(tag.compression)?.[0] !== jpegCompression) return undefined;
  if (![grey, rgb, yCbCr].includes(photometric) || (directory.get(tag.orientation)?.[0] ?? 1) !== 1) return undefined;
  const strips = stripsOf(file, directory)?.map(readStrip);
  const [first, ...others] = strips ?? [];
  const height = directory.get(257)?.[0];
  if (first === undefined || height === undefined) return undefined;
  const alike = others.every((strip) => strip !== undefined && strip.tables.length === 0 && sameFrame(first, strip));
  if (!alike || (others.length > 0 && first.height !== directory.get(tag.rows)?.[0])) return undefined;
  const interval = others.length === 0 ? undefined : unitsIn(first);
  if (interval !== undefined && interval > 0xffff) return undefined;
  const frame = Buffer.from(first.frame);
  frame.writeUInt16BE(height, 5);
  const tables = tablesOf(Buffer.from(directory.get(tag.tables) ?? []));
  const restarts =
    interval === undefined ? [] : [Buffer.from([0xff, restartInterval, 0, 4, interval >> 8, interval & 255])];
  const codes = [first, ...others].flatMap((strip, place) => {
    const marker = place === 0 ? [] : [Buffer.from([0xff, 0xd0 + ((place - 1) % 8)])];
    return strip === undefined ? [] : [...marker, strip.codes];
  });
  const head = [Buffer.from([0xff, 0xd8]), ...tables, ...first.tables, frame, ...restarts, first.scan];
  return { jpeg: Buffer.concat([...head, ...codes, Buffer.from([0xff, endOfImage])]), photometric };
}

/** Page `index` of the TIFF at `path` as an image of the document, by way of a file at `scratch`; undefined when it cannot be joined. */
export async function embedTiffJpeg(
  context: PDFContext,
  path: string,
  index: number,
  scratch: string,
): Promise<PDFRef | undefined> {
  const joined = joinStrips(await readFile(path), index);
  if (joined === undefined) return undefined;
  const target = `${scratch}-strips.jpg`;
  await writeFile(target, joined.jpeg);
  const jpeg = await readJpeg(target);
  if (jpeg === undefined) return undefined;
  // Without this readers guess what three samples are.
  const parameters = context.obj({ ColorTransform: joined.photometric === yCbCr ? 1 : 0 });
  return embedJpeg(context, target, jpeg, jpeg.components === 3 ? { DecodeParms: parameters } : {});
}

type Strip = { tables: Buffer[]; frame: Buffer; scan: Buffer; codes: Buffer; height: number };

function stripsOf(file: Buffer, directory: TiffDirectory): Buffer[] | undefined {
  const offsets = directory.get(tag.offsets);
  const counts = directory.get(tag.counts);
  if (offsets === undefined || counts === undefined || offsets.length !== counts.length) return undefined;
  const whole = offsets.every((start, place) => start + (counts[place] ?? 0) <= file.length);
  return whole ? offsets.map((start, place) => file.subarray(start, start + (counts[place] ?? 0))) : undefined;
}

/** A strip of one scan without restarts of its own; undefined for any other. */
function readStrip(strip: Buffer): Strip | undefined {
  const tables: Buffer[] = [];
  let frame: Buffer | undefined;
  for (const { marker, segment, end } of segmentsOf(strip)) {
    if (tableMarkers.has(marker)) tables.push(segment);
    else if (frames.has(marker) && segment.length >= 10 + 3 * (segment[9] ?? 0)) frame = segment;
    else if (marker === restartInterval && !segment.subarray(4).every((byte) => byte === 0)) return undefined;
    else if (marker === startOfScan && frame !== undefined) {
      const last = strip.lastIndexOf(Buffer.from([0xff, endOfImage]));
      const codes = last < end ? undefined : strip.subarray(end, last);
      return codes && { tables, frame, scan: segment, codes, height: frame.readUInt16BE(5) };
    }
  }
  return undefined;
}

function tablesOf(stream: Buffer): Buffer[] {
  return [...segmentsOf(stream)].filter(({ marker }) => tableMarkers.has(marker)).map(({ segment }) => segment);
}

/** The segments up to the first scan's head. */
function* segmentsOf(stream: Buffer): Generator<{ marker: number; segment: Buffer; end: number }> {
  for (let at = 2; at + 4 <= stream.length && stream[at] === 0xff; ) {
    const marker = stream.readUInt8(at + 1);
    if (marker === endOfImage) return;
    const end = at + 2 + stream.readUInt16BE(at + 2);
    if (end > stream.length) return;
    yield { marker, segment: stream.subarray(at, end), end };
    if (marker === startOfScan) return;
    at = end;
  }
}

/** The same size across, sampling and tables; the last strip may have fewer rows. */
function sameFrame(first: Strip, other: Strip): boolean {
  const withoutRows = ({ frame, scan }: Strip) => Buffer.concat([frame.subarray(0, 5), frame.subarray(7), scan]);
  return other.height <= first.height && withoutRows(first).equals(withoutRows(other));
}

/** Coded units of the strip: blocks of 8 × 8 pixels by the largest sampling factors (ITU-T T.81, A.2). */
function unitsIn({ frame, height }: Strip): number {
  const factors = Array.from({ length: frame.readUInt8(9) }, (_, index) => frame.readUInt8(11 + 3 * index));
  const wide = 8 * Math.max(...factors.map((factor) => factor >> 4));
  const high = 8 * Math.max(...factors.map((factor) => factor & 15));
  // One component alone is coded block by block, whatever its factors say.
  const [across, down] = factors.length === 1 ? [8, 8] : [wide, high];
  return height % down === 0 ? Math.ceil(frame.readUInt16BE(7) / across) * (height / down) : 0x10000;
}
