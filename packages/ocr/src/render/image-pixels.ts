// Pixels of a decoded image as the smallest lossless form that a PDF knows: two-level, palette, grey or colour.
import { deflateSync } from "node:zlib";
import { type PDFContext, PDFName, PDFRawStream, type PDFRef } from "pdf-lib";
import { indexed } from "./png-passthrough.ts";

/** 8 bits a channel, row by row without gaps, origin top-left. */
export type Pixels = { width: number; height: number; channels: 1 | 3; data: Uint8Array };

/** Images of at most this many colours are stored as a palette. */
const paletteColours = 256;

/** `pixels` as an image with a palette (two-level ones as 1 bit), or undefined when it has too many colours. */
export function embedIndexed(context: PDFContext, pixels: Pixels, mask: PDFRef | undefined): PDFRef | undefined {
  const colours = findColours(pixels);
  if (colours === undefined) return undefined;
  const bits = colours.size <= 2 ? 1 : colours.size <= 4 ? 2 : colours.size <= 16 ? 4 : 8;
  const sorted = [...colours].sort((a, b) => a - b);
  const places = new Map(sorted.map((colour, index) => [colour, index]));
  const palette = Buffer.from(sorted.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const dict = context.obj({
    Type: "XObject",
    Subtype: "Image",
    Width: pixels.width,
    Height: pixels.height,
    BitsPerComponent: bits,
    Filter: "FlateDecode",
  });
  dict.set(PDFName.of("ColorSpace"), indexed(context, palette));
  if (mask !== undefined) dict.set(PDFName.of("SMask"), mask);
  return context.register(PDFRawStream.of(dict, deflateSync(packed(pixels, bits, places), { level: 9 })));
}

/** The same picture with one channel when no pixel has a hue. */
export function withoutHue(pixels: Pixels): Pixels {
  const { channels, data } = pixels;
  if (channels === 1) return pixels;
  for (let at = 0; at < data.length; at += 3) if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return pixels;
  const grey = new Uint8Array(data.length / 3);
  for (let index = 0; index < grey.length; index++) grey[index] = data[index * 3] ?? 0;
  return { ...pixels, channels: 1, data: grey };
}

function findColours(pixels: Pixels): Set<number> | undefined {
  const colours = new Set<number>();
  let last = -1;
  for (let index = 0; index < pixels.width * pixels.height; index++) {
    const colour = colourAt(pixels, index);
    if (colour === last) continue;
    last = colour;
    colours.add(colour);
    if (colours.size > paletteColours) return undefined;
  }
  return colours;
}

function colourAt({ channels, data }: Pixels, index: number): number {
  if (channels === 1) return (data[index] ?? 0) * 0x010101;
  const at = index * 3;
  return ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
}

function packed(pixels: Pixels, bits: number, places: Map<number, number>): Uint8Array {
  const stride = Math.ceil((pixels.width * bits) / 8);
  const rows = new Uint8Array(stride * pixels.height);
  for (let row = 0; row < pixels.height; row++) {
    for (let column = 0; column < pixels.width; column++) {
      const place = places.get(colourAt(pixels, row * pixels.width + column)) ?? 0;
      const bit = column * bits;
      const at = row * stride + (bit >> 3);
      rows[at] = (rows[at] ?? 0) | (place << (8 - bits - (bit & 7)));
    }
  }
  return rows;
}
