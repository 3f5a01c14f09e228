// Brings the text of a page to the size the engine likes: it scales every line to 36 px itself, so larger text only costs time, and
// smaller text gives it too few pixels to find the line. Figures: the sizes at which the error rate of scans stayed level.
import { maxRasterPixels } from "@legible/shared/limits";
import sharp from "sharp";
import type { Raster } from "./raster.ts";
import { textHeight } from "./text-height.ts";

/** Heights of letters, px: what larger text is reduced to. Han characters need more: their strokes are close together. */
const enough = { alphabetic: 18, han: 36 };
/** Reducing by less than this brings less than it costs. */
const leastReduction = 0.9;
/** Text below this height is enlarged, to about the second figure, at most so many times. */
const tooSmallPx = 13;
const enlargedPx = 20;
const mostEnlarged = 2.5;

/** The raster, or a scaled copy of it. Boxes found on the copy must be scaled back by the caller. */
export async function fitText(raster: Raster, languages: readonly string[]): Promise<Raster> {
  const text = textHeight(raster);
  if (text === undefined) return raster;
  if (text.middle < tooSmallPx) {
    const room = Math.sqrt(maxRasterPixels / (raster.width * raster.height));
    return await scaled(raster, Math.min(mostEnlarged, enlargedPx / text.middle, room));
  }
  const wanted = languages.some((language) => hanLanguages.test(language)) ? enough.han : enough.alphabetic;
  const reduction = wanted / text.small;
  return reduction < leastReduction ? await scaled(raster, reduction) : raster;
}

const hanLanguages = /^(chi|jpn|kor)/u;

/** A copy of the raster, its sides `scale` times as long. */
export async function scaled({ width, height, grey }: Raster, scale: number): Promise<Raster> {
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const { data, info } = await sharp(grey, { raw: { width, height, channels: 1 }, limitInputPixels: false })
    .resize(size.width, size.height, { fit: "fill" })
    .greyscale()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, grey: data };
}
