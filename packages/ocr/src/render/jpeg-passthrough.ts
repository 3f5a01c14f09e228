// A JPEG inside a PDF without decoding it: its segments are the stream, but for those of metadata, which may say where a photo was taken
// and with what. ITU-T T.81 annex B; PDF 32000-1, 7.4.8.
import { readFile } from "node:fs/promises";
import { type PDFContext, type PDFDict, PDFName, type PDFRef } from "pdf-lib";
import { type ByteRange, FileStream } from "./file-stream.ts";

export type JpegFile = {
  width: number;
  height: number;
  components: 1 | 3 | 4;
  /** Written by Adobe software, which stores CMYK inverted. */
  adobe: boolean;
  /** What the PDF gets of the file. */
  ranges: ByteRange[];
};

/** A mask of opacity, and how the coded samples are to be understood. */
export type ImageEntries = { SMask?: PDFRef; DecodeParms?: PDFDict };

/** Baseline, extended and progressive Huffman coding: what the DCT filter reads. Lossless and arithmetic coding are not. */
const readable = new Set([0xc0, 0xc1, 0xc2]);
const spaces = { 1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK" } as const;
const startOfScan = 0xda;
const endOfImage = 0xd9;
const adobeSegment = 0xee;
const comment = 0xfe;
const applicationFirst = 0xe0;
const applicationLast = 0xef;

/** What `path` holds, or undefined when a PDF reader could not show it as it is. */
export async function readJpeg(path: string): Promise<JpegFile | undefined> {
  return parseJpeg(await readFile(path));
}

function parseJpeg(file: Buffer): JpegFile | undefined {
  if (file.length < 4) return undefined;
  const ranges: ByteRange[] = [];
  let frame: Frame | undefined;
  let adobe = false;
  const keep = (start: number, end: number) => {
    const last = ranges.at(-1);
    if (last !== undefined && last.start + last.length === start) last.length = end - last.start;
    else ranges.push({ start, length: end - start });
  };
  keep(0, 2);
  for (let at = 2; at + 4 <= file.length; ) {
    if (file[at] !== 0xff) return undefined;
    const marker = file.readUInt8(at + 1);
    // What follows the end, films and larger pictures, is not part of the picture.
    if (marker === endOfImage) break;
    // Fill bytes before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = segmentEnd(file, at, marker);
    if (isFrame(marker)) frame ??= readFrame(file, at, marker);
    if (marker === startOfScan && frame === undefined) return undefined;
    if (marker === adobeSegment) adobe ||= file.toString("latin1", at + 4, at + 9) === "Adobe";
    if (!isMetadata(file, at, marker)) keep(at, end);
    at = end;
  }
  const last = ranges.at(-1);
  const stop = last === undefined ? 0 : last.start + last.length;
  if (file.readUInt16BE(Math.min(stop, file.length - 2)) === (0xff00 | endOfImage)) keep(stop, stop + 2);
  return frame === undefined ? undefined : { ...frame, adobe, ranges };
}

type Frame = { width: number; height: number; components: 1 | 3 | 4 };

/** All that codes a picture, but for the markers of tables and restarts that lie among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function readFrame(file: Buffer, at: number, marker: number): Frame | undefined {
  if (at + 10 > file.length || !readable.has(marker) || file[at + 4] !== 8) return undefined;
  const components = file[at + 9];
  if (components !== 1 && components !== 3 && components !== 4) return undefined;
  return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5), components };
}

/** Comments and application segments, except those that say how to show the picture: JFIF, colour profile, Adobe's. */
function isMetadata(file: Buffer, at: number, marker: number): boolean {
  if (marker === comment) return true;
  if (marker < applicationFirst || marker > applicationLast) return false;
  const isProfile = file.toString("latin1", at + 4, at + 15) === "ICC_PROFILE";
  return marker !== applicationFirst && marker !== adobeSegment && !isProfile;
}

/** Where the segment at `at` ends; a scan's includes its coded data. */
function segmentEnd(file: Buffer, at: number, marker: number): number {
  const end = Math.min(file.length, at + 2 + file.readUInt16BE(at + 2));
  if (marker !== startOfScan) return end;
  for (let byte = file.indexOf(0xff, end); byte >= 0 && byte + 1 < file.length; byte = file.indexOf(0xff, byte + 1)) {
    const next = file.readUInt8(byte + 1);
    // A coded 0xff is followed by zero, and restarts are part of the data.
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return byte;
  }
  return file.length;
}

/**
 * The image as an object of the document; its bytes are copied from `path` when the document is written. `more` goes into the image's
 * dictionary.
 */
export function embedJpeg(context: PDFContext, path: string, jpeg: JpegFile, more: ImageEntries = {}): PDFRef {
  const dict = context.obj({
    Type: "XObject",
    Subtype: "Image",
    Width: jpeg.width,
    Height: jpeg.height,
    BitsPerComponent: 8,
    ColorSpace: spaces[jpeg.components],
    Filter: "DCTDecode",
    ...(jpeg.components === 4 && jpeg.adobe ? { Decode: [1, 0, 1, 0, 1, 0, 1, 0] } : {}),
  });
  for (const [key, value] of Object.entries(more)) dict.set(PDFName.of(key), value);
  return context.register(new FileStream(dict, path, jpeg.ranges));
}
