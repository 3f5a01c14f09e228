// Windows bitmaps, which sharp does not read: uncompressed 1, 4, 8, 16, 24 and 32 bit, bit fields, and RLE8. The header is checked before
// anything is allocated. Layout: BITMAPFILEHEADER, BITMAPCOREHEADER and BITMAPINFOHEADER of the Windows GDI reference.
import { FailureError } from "@legible/shared/failures";
import type { Raster } from "../raster.ts";

export type BmpHeader = {
  width: number;
  height: number;
  /** Rows stand top to bottom. */
  topDown: boolean;
  bits: number;
  compression: number;
  pixelOffset: number;
  palette: Uint8Array;
  masks: readonly [number, number, number];
  /** Pixels per inch, undefined when the header says nothing. */
  density: number | undefined;
};

const uncompressed = 0;
const rle8 = 1;
const bitFields = 3;
const alphaBitFields = 6;
/** BITMAPCOREHEADER: 16-bit sizes and three bytes a colour. */
const coreHeaderBytes = 12;
const metresPerInch = 0.0254;

/** @throws FailureError DAMAGED_FILE, or UNSUPPORTED_CONTENT for embedded JPEG, PNG and RLE4. */
export function readBmpHeader(file: Buffer): BmpHeader {
  if (file.length < 26) throw new FailureError("DAMAGED_FILE");
  const headerBytes = file.readUInt32LE(14);
  const core = headerBytes === coreHeaderBytes;
  if (!core && (headerBytes < 40 || file.length < 14 + headerBytes)) throw new FailureError("DAMAGED_FILE");
  const width = core ? file.readUInt16LE(18) : file.readInt32LE(18);
  const signedHeight = core ? file.readUInt16LE(20) : file.readInt32LE(22);
  const bits = file.readUInt16LE(core ? 24 : 28);
  const compression = core ? uncompressed : file.readUInt32LE(30);
  const pixelOffset = file.readUInt32LE(10);
  if (width <= 0 || signedHeight === 0 || pixelOffset >= file.length) throw new FailureError("DAMAGED_FILE");
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw new FailureError("DAMAGED_FILE");
  const fields = compression === bitFields || compression === alphaBitFields;
  if (compression !== uncompressed && !(compression === rle8 && bits === 8) && !(fields && bits >= 16)) {
    throw new FailureError("UNSUPPORTED_CONTENT");
  }
  const afterHeader = 14 + headerBytes;
  if (fields && file.length < 66) throw new FailureError("DAMAGED_FILE");
  const masks = fields
    ? ([file.readUInt32LE(54), file.readUInt32LE(58), file.readUInt32LE(62)] as const)
    : bits === 16
      ? ([0x7c00, 0x03e0, 0x001f] as const)
      : ([0xff0000, 0xff00, 0xff] as const);
  const pixelsPerMetre = core ? 0 : file.readInt32LE(38);
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bits,
    compression,
    pixelOffset,
    palette:
      bits <= 8 ? greyPalette(file.subarray(afterHeader, pixelOffset), core ? 3 : 4, 2 ** bits) : new Uint8Array(0),
    masks,
    density: pixelsPerMetre > 0 ? Math.round(pixelsPerMetre * metresPerInch) : undefined,
  };
}

/** @throws FailureError DAMAGED_FILE when pixels are missing. */
export function decodeBmp(file: Buffer, header: BmpHeader): Raster {
  const { width, height, bits, topDown } = header;
  const grey = new Uint8Array(width * height).fill(255);
  if (header.compression === rle8) {
    decodeRle8(file, header, grey);
  } else {
    const stride = Math.ceil((width * bits) / 32) * 4;
    // Some writers leave out the padding of the last row.
    const needed = header.pixelOffset + stride * (height - 1) + Math.ceil((width * bits) / 8);
    if (file.length < needed) throw new FailureError("DAMAGED_FILE");
    for (let row = 0; row < height; row++) {
      const target = (topDown ? row : height - 1 - row) * width;
      decodeRow(file, header.pixelOffset + row * stride, header, grey.subarray(target, target + width));
    }
  }
  return { width, height, grey };
}

function decodeRow(file: Buffer, start: number, { bits, palette, masks }: BmpHeader, target: Uint8Array): void {
  const [red, green, blue] = masks.map(toChannel) as [Channel, Channel, Channel];
  for (let column = 0; column < target.length; column++) {
    if (bits <= 8) {
      const bit = column * bits;
      const byte = file[start + (bit >> 3)] ?? 0;
      target[column] = palette[(byte >> (8 - bits - (bit & 7))) & (2 ** bits - 1)] ?? 255;
    } else if (bits === 24) {
      const at = start + column * 3;
      target[column] = luma(file[at + 2] ?? 0, file[at + 1] ?? 0, file[at] ?? 0);
    } else {
      const at = start + (column * bits) / 8;
      const value = bits === 16 ? file.readUInt16LE(at) : file.readUInt32LE(at);
      target[column] = luma(red(value), green(value), blue(value));
    }
  }
}

/** Runs of one colour, literal runs, ends of lines, jumps: see "Bitmap Compression" in the GDI reference. */
function decodeRle8(file: Buffer, { width, height, pixelOffset, palette, topDown }: BmpHeader, grey: Uint8Array): void {
  let at = pixelOffset;
  let column = 0;
  let row = 0;
  const put = (index: number) => {
    if (column < width && row < height)
      grey[(topDown ? row : height - 1 - row) * width + column] = palette[index] ?? 255;
    column += 1;
  };
  while (row < height && at + 1 < file.length) {
    const count = file[at++] ?? 0;
    const value = file[at++] ?? 0;
    if (count > 0) {
      for (let repeat = 0; repeat < count; repeat++) put(value);
    } else if (value === 0) {
      column = 0;
      row += 1;
    } else if (value === 1) {
      return;
    } else if (value === 2) {
      column += file[at++] ?? 0;
      row += file[at++] ?? 0;
    } else {
      for (let literal = 0; literal < value; literal++) put(file[at++] ?? 0);
      at += value & 1;
    }
  }
  if (row < height - 1) throw new FailureError("DAMAGED_FILE");
}

function greyPalette(table: Buffer, entryBytes: number, colours: number): Uint8Array {
  const grey = new Uint8Array(colours).fill(255);
  for (let index = 0; index < colours && (index + 1) * entryBytes <= table.length; index++) {
    const at = index * entryBytes;
    grey[index] = luma(table[at + 2] ?? 0, table[at + 1] ?? 0, table[at] ?? 0);
  }
  return grey;
}

type Channel = (value: number) => number;

function toChannel(mask: number): Channel {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const max = mask >>> shift;
  return (value) => (((value & mask) >>> shift) * 255) / max;
}

/** ITU-R BT.601 luma, rounded. */
function luma(red: number, green: number, blue: number): number {
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}
