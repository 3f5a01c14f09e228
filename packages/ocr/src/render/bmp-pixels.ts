// A Windows bitmap in its own colours. Recognition reads it in grey; the searchable copy must show it as it was.
import { readFile } from "node:fs/promises";
import { type BmpHeader, decodeBmp, readBmpHeader } from "../pipeline/image/bmp.ts";
import type { Pixels } from "./image-pixels.ts";

/**
 * The bitmap in `path`; run-length coded ones in grey.
 * @throws FailureError DAMAGED_FILE or UNSUPPORTED_CONTENT
 */
export async function readBmpPixels(path: string): Promise<Pixels> {
  const file = await readFile(path);
  const header = readBmpHeader(file);
  // Checks that all rows are there.
  const { grey, width, height } = decodeBmp(file, header);
  if (header.compression !== 0 && header.bits < 16) return { width, height, channels: 1, data: grey };
  const data = new Uint8Array(width * height * 3);
  const colour = colourReader(file, header);
  const stride = Math.ceil((width * header.bits) / 32) * 4;
  for (let row = 0; row < height; row++) {
    const start = header.pixelOffset + (header.topDown ? row : height - 1 - row) * stride;
    for (let column = 0; column < width; column++) {
      const rgb = colour(start, column);
      data.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255], (row * width + column) * 3);
    }
  }
  return { width, height, channels: 3, data };
}

/** Reads 0xRRGGBB of a pixel from the byte its row starts at and its column. */
function colourReader(file: Buffer, header: BmpHeader): (start: number, column: number) => number {
  const { bits } = header;
  if (bits <= 8) {
    const headerBytes = file.readUInt32LE(14);
    const entryBytes = headerBytes === 12 ? 3 : 4;
    const table = file.subarray(14 + headerBytes, header.pixelOffset);
    return (start, column) => {
      const bit = column * bits;
      const place = ((file[start + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & (2 ** bits - 1);
      const at = place * entryBytes;
      return at + 3 <= table.length ? table.readUIntLE(at, 3) : 0xffffff;
    };
  }
  if (bits === 24) return (start, column) => file.readUIntLE(start + column * 3, 3);
  const [red, green, blue] = header.masks.map(channelReader);
  return (start, column) => {
    const value = bits === 16 ? file.readUInt16LE(start + column * 2) : file.readUInt32LE(start + column * 4);
    return ((red?.(value) ?? 0) << 16) | ((green?.(value) ?? 0) << 8) | (blue?.(value) ?? 0);
  };
}

function channelReader(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const highest = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / highest);
}
