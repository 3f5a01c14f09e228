// Images that a PDF cannot hold as they are: decoded without loss, kept as small as their colours allow. Photos coded with HEVC or AV1
// would be ten to thirty times larger that way; they become a JPEG that nobody tells from them.
import { join } from "node:path";
import type { MimeType } from "@legible/shared/file-type";
import type { PDFContext, PDFRef } from "pdf-lib";
import sharp, { type Sharp } from "sharp";
import { decodeHeif } from "../pipeline/image/heif.ts";
import { readBmpPixels } from "./bmp-pixels.ts";
import { embedBlackAndWhite, isBlackAndWhite } from "./fax-image.ts";
import { embedIndexed, type Pixels, withoutHue } from "./image-pixels.ts";
import { embedJpeg, readJpeg } from "./jpeg-passthrough.ts";
import { embedPng, readPng } from "./png-passthrough.ts";

const photos: readonly MimeType[] = ["image/heic", "image/avif"];
/** Quality at which blocks and ringing stay below what a camera adds itself; text keeps its edges as colours are not thinned out. */
const photoQuality = 90;

/** `index` is the page of a TIFF, 0-based. `scratch` is a path without extension for files needed until the PDF is written. */
export type ImageSource = { path: string; mimeType: MimeType; index: number; scratch: string };

/**
 * The image as an object of the document, turned as its EXIF orientation says.
 * @throws Error when it cannot be decoded.
 */
export async function embedDecoded(context: PDFContext, source: ImageSource): Promise<PDFRef> {
  if (source.mimeType === "image/bmp") return embedPixels(context, source, await readBmpPixels(source.path), undefined);
  const image = await opener(source);
  const header = await image().metadata();
  const transparent = header.hasAlpha && !(await image().stats()).isOpaque;
  const mask = transparent ? await embedMask(context, source, image()) : undefined;
  const opaque = image().removeAlpha();
  if (header.depth === "ushort" || header.depth === "short") {
    const grey = header.space === "b-w" || header.space === "grey16";
    return embedAsPng(context, `${source.scratch}.png`, opaque.toColourspace(grey ? "grey16" : "rgb16"), mask);
  }
  const { data, info } = await opaque
    .toColourspace(header.space === "b-w" ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 1 && info.channels !== 3) throw new Error(`${info.channels} channels after decoding`);
  return embedPixels(context, source, { width: info.width, height: info.height, channels: info.channels, data }, mask);
}

/** Makes the decoded picture as often as it is needed, upright. */
async function opener(source: ImageSource): Promise<() => Sharp> {
  if (source.mimeType === "image/heic") {
    const { data, ...raw } = await decodeHeif(source.path);
    return () => sharp(data, { raw });
  }
  return () => sharp(source.path, { page: source.index, pages: 1, failOn: "error" }).autoOrient();
}

async function embedPixels(context: PDFContext, source: ImageSource, pixels: Pixels, mask: PDFRef | undefined) {
  const fewest = withoutHue(pixels);
  if (isBlackAndWhite(fewest)) return embedBlackAndWhite(context, `${source.scratch}-fax.tif`, fewest, mask);
  // A palette of 256 greys is no smaller than grey itself, which predictors pack better.
  const small = fewest.channels === 1 ? smallGrey(context, fewest, mask) : embedIndexed(context, fewest, mask);
  if (small !== undefined) return small;
  const { width, height, channels, data } = fewest;
  const raw = sharp(data, { raw: { width, height, channels } }).toColourspace(channels === 1 ? "b-w" : "srgb");
  if (photos.includes(source.mimeType)) return embedAsJpeg(context, `${source.scratch}.jpg`, raw, mask);
  return embedAsPng(context, `${source.scratch}.png`, raw, mask);
}

/** Grey pictures of few levels, drawings and two-level scans among them. */
function smallGrey(context: PDFContext, pixels: Pixels, mask: PDFRef | undefined): PDFRef | undefined {
  const levels = new Set<number>();
  for (const value of pixels.data) {
    levels.add(value);
    if (levels.size > 16) return undefined;
  }
  return embedIndexed(context, pixels, mask);
}

function embedMask(context: PDFContext, source: ImageSource, image: Sharp): Promise<PDFRef> {
  return embedAsPng(
    context,
    `${source.scratch}-alpha.png`,
    image.extractChannel("alpha").toColourspace("b-w"),
    undefined,
  );
}

async function embedAsPng(context: PDFContext, path: string, image: Sharp, mask: PDFRef | undefined): Promise<PDFRef> {
  await image.png({ compressionLevel: 9, adaptiveFiltering: true, palette: false }).toFile(path);
  const png = await readPng(path);
  if (png === undefined) throw new Error("The decoded image was not written as a plain PNG");
  return embedPng(context, path, png, mask);
}

async function embedAsJpeg(context: PDFContext, path: string, image: Sharp, mask: PDFRef | undefined): Promise<PDFRef> {
  await image.jpeg({ quality: photoQuality, chromaSubsampling: "4:4:4" }).toFile(path);
  const jpeg = await readJpeg(path);
  if (jpeg === undefined) throw new Error("The decoded image was not written as a plain JPEG");
  return embedJpeg(context, path, jpeg, mask === undefined ? {} : { SMask: mask });
}

/** A path in `folder` for an image of page `number`. */
export function scratchPath(folder: string, number: number): string {
  return join(folder, `image-${number}`);
}
