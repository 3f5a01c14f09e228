// Pictures and picture files for the tests, made from nothing.
import sharp, { type Sharp } from "sharp";
import { pageSize } from "./render-trees.ts";

/** A picture that is neither even nor symmetric, so that a wrong turn shows. */
export function picture(width = pageSize.width, height = pageSize.height): Sharp {
  const data = Buffer.alloc(width * height * 3, 255);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      data[(row * width + column) * 3] = (row + column) % 256;
      if (row < height / 4 && column < width / 4)
        data.fill(0, (row * width + column) * 3, (row * width + column) * 3 + 3);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** `jpeg` with an EXIF segment that says only this orientation. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from("4d4d002a00000008000101120003000000010000000000000000", "hex");
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.from([0xff, 0xe1, 0, 8 + tiff.length]);
  return Buffer.concat([jpeg.subarray(0, 2), head, Buffer.from("Exif\0\0"), tiff, jpeg.subarray(2)]);
}

/** A bottom-up 24-bit Windows bitmap of RGB pixels; the width in bytes must be a multiple of 4. */
export function bitmap(rgb: Buffer, width: number, height: number): Buffer {
  const head = Buffer.alloc(54);
  head.write("BM");
  head.writeUInt32LE(54 + rgb.length, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  const rows = Array.from({ length: height }, (_, row) =>
    rgb.subarray((height - 1 - row) * width * 3, (height - row) * width * 3),
  );
  return Buffer.concat([head, ...rows.map(bgr)]);
}

function bgr(row: Buffer): Buffer {
  const turned = Buffer.from(row);
  for (let at = 0; at < turned.length; at += 3) {
    turned[at] = row[at + 2] ?? 0;
    turned[at + 2] = row[at] ?? 0;
  }
  return turned;
}

/** A JPEG 2000 file of 32 × 16 pixels, black on the left half and white on the right, as OpenJPEG writes it without loss. */
export const blackAndWhiteJp2 = Buffer.from(
  [
    "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAEAAAACAAAQcHAAAAAAAPY29scgEAAAAAABEAAAC1an",
    "AyY/9P/1EAKQAAAAAAIAAAABAAAAAAAAAAAAAAACAAAAAQAAAAAAAAAAAAAQcBAf9SAAwAAAABAAMEBAAB/1wADUBASEhQSEhQSEhQ/2QAJQAB",
    "Q3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS40/5AACgAAAAAAOgAB/5PfgEgIe7Im2QT5YLvPwBgOCz0K7KnPwCghbga+x6CPgSI/x9",
    "oMADXyOxf/f//Z",
  ].join(""),
  "base64",
);

/** `jp2` with a box of metadata at its end. */
export function withMetadataBox(jp2: Buffer, text: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + text.length);
  head.write("uuid", 4);
  return Buffer.concat([jp2, head, Buffer.from(text)]);
}
