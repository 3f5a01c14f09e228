// A JPEG inside a PDF as it is: the file is the stream. ITU-T T.81 annex B; PDF 32000-1, 7.4.8.
import { open } from "node:fs/promises";
import type { PDFContext, PDFRef } from "pdf-lib";
import { FileStream } from "./file-stream.ts";

export type JpegFile = {
  width: number;
  height: number;
  components: 1 | 3 | 4;
  /** Written by Adobe software, which stores CMYK inverted. */
  adobe: boolean;
  size: number;
};

/** Baseline, extended and progressive Huffman coding: what the DCT filter reads. Lossless and arithmetic coding are not. */
const readable = new Set([0xc0, 0xc1, 0xc2]);
const spaces = { 1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK" } as const;

/** What `path` holds, or undefined when a PDF reader could not show it as it is. */
export async function readJpeg(path: string): Promise<JpegFile | undefined> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const read = async (start: number, length: number) =>
      (await file.read(Buffer.alloc(length), 0, length, start)).buffer;
    let adobe = false;
    for (let at = 2; at + 4 <= size; ) {
      const head = await read(at, 4);
      const marker = head.readUInt8(1);
      if (head.readUInt8(0) !== 0xff) return undefined;
      // Fill bytes before a marker.
      if (marker === 0xff) {
        at += 1;
        continue;
      }
      const length = head.readUInt16BE(2);
      if (marker === 0xee) adobe ||= (await read(at + 4, 5)).toString("latin1") === "Adobe";
      if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
        const frame = await read(at + 4, 6);
        const components = frame.readUInt8(5);
        if (!readable.has(marker) || frame.readUInt8(0) !== 8) return undefined;
        if (components !== 1 && components !== 3 && components !== 4) return undefined;
        // An Adobe segment may follow the frame header, but no writer does that.
        return { width: frame.readUInt16BE(3), height: frame.readUInt16BE(1), components, adobe, size };
      }
      if (marker === 0xda || marker === 0xd9) return undefined;
      at += 2 + length;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

/** The image as an object of the document; its bytes are copied from `path` when the document is written. */
export function embedJpeg(context: PDFContext, path: string, jpeg: JpegFile): PDFRef {
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
  return context.register(new FileStream(dict, path, [{ start: 0, length: jpeg.size }]));
}
