// Image files: header first, pixels only when the header is within bounds. sharp decodes (as WebAssembly in the sandbox) what it knows.
import { readFile } from "node:fs/promises";
import { FailureError } from "@legible/shared/failures";
import type { MimeType } from "@legible/shared/file-type";
import { maxImageSidePx, maxRasterPixels } from "@legible/shared/limits";
import sharp, { type OutputInfo, type Sharp } from "sharp";
import { findColouredTiles } from "../colour/coloured-tiles.ts";
import { showColouredPrint, thinned } from "../colour/show-coloured-print.ts";
import { saysOutOfMemory } from "../out-of-memory.ts";
import type { Raster } from "../raster.ts";
import { isAnimatedPng } from "./animated-png.ts";
import { decodeBmp, readBmpHeader } from "./bmp.ts";
import { decodeHeif, readHeifHeader } from "./heif.ts";
import { imageDpi } from "./image-dpi.ts";
import { decodeJp2, readJp2Header } from "./jp2.ts";

export type ImageMimeType = Exclude<MimeType, "application/pdf">;

export type ImageFile = {
  kind: "image";
  pageCount: number;
  /** True when there are more frames than the one that is read. */
  animated: boolean;
  /** @throws FailureError */
  readPage(index: number): Promise<ImagePage>;
  /** In colour, for people. @throws FailureError */
  picture(index: number): Promise<ImagePicture>;
};

/** Size as displayed, px; `image` is opaque and not yet scaled. */
export type ImagePicture = { width: number; height: number; dpi: number; image: Sharp };

export type ImagePage = {
  /** Size of the page as displayed (EXIF orientation applied), px. */
  width: number;
  height: number;
  dpi: number;
  dpiKnown: boolean;
  /** At most `maxRasterPixels`; smaller than the page when that has more. */
  raster: Raster;
};

/** Decoding takes 0.05–3 s; what takes longer is built to. */
const decodeSeconds = 60;
/** Types with a decoder of their own. */
const ownDecoders = {
  "image/bmp": openBmp,
  "image/heic": openHeif,
  "image/jp2": openJp2,
};
const formats: Record<Exclude<ImageMimeType, keyof typeof ownDecoders>, string> = {
  "image/png": "png",
  "image/jpeg": "jpeg",
  "image/tiff": "tiff",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/avif": "heif",
};

// Only loaders of types that are accepted, chosen by content: never SVG, PDF, JPEG 2000, or the ones nobody has fuzzed. Its HEIF has
// no decoder but AVIF's.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpeg",
    "VipsForeignLoadPng",
    "VipsForeignLoadTiff",
    "VipsForeignLoadWebp",
    "VipsForeignLoadNsgif",
    "VipsForeignLoadHeif",
  ],
});
sharp.cache(false);
sharp.concurrency(1);

/** @throws FailureError TOO_MANY_PIXELS, DAMAGED_FILE, UNSUPPORTED_CONTENT */
export async function openImage(path: string, mimeType: ImageMimeType, maxPixels: number): Promise<ImageFile> {
  if (mimeType in ownDecoders) return ownDecoders[mimeType as keyof typeof ownDecoders](path, maxPixels);
  const header = await decoding(() => load(path, 0, maxPixels).metadata());
  if (header.format !== formats[mimeType as keyof typeof formats]) throw new FailureError("UNSUPPORTED_CONTENT");
  assertSize(header.width, header.height, maxPixels);
  const frames = header.pages ?? 1;
  const paged = mimeType === "image/tiff";
  return {
    kind: "image",
    pageCount: paged ? frames : 1,
    animated: mimeType === "image/png" ? await isAnimatedPng(path) : !paged && frames > 1,
    readPage: (index) => decodePage(path, index, maxPixels),
    picture: (index) => openPicture(path, index, maxPixels),
  };
}

async function openPicture(path: string, index: number, maxPixels: number): Promise<ImagePicture> {
  const header = await decoding(() => load(path, index, maxPixels).metadata());
  assertSize(header.width, header.height, maxPixels);
  const { width, height } = header.autoOrient;
  const { dpi } = imageDpi(width, height, header.density);
  const image = load(path, index, maxPixels).autoOrient().flatten({ background: "#ffffff" }).toColourspace("srgb");
  return { width, height, dpi, image };
}

async function decodePage(path: string, index: number, maxPixels: number): Promise<ImagePage> {
  const header = await decoding(() => load(path, index, maxPixels).metadata());
  assertSize(header.width, header.height, maxPixels);
  const { width, height } = header.autoOrient;
  const picture = onPaper(load(path, index, maxPixels).autoOrient(), width, height);
  const raster = await decoding(() => toRaster(picture, header.space === "srgb"));
  const { dpi, known } = imageDpi(width, height, header.density);
  return { width, height, dpi, dpiKnown: known, raster };
}

async function openBmp(path: string, maxPixels: number): Promise<ImageFile> {
  const file = await readFile(path);
  const header = readBmpHeader(file);
  const decode = async (): Promise<Pixels> => {
    const { grey, ...size } = decodeBmp(file, header);
    return { ...size, channels: 1, data: grey };
  };
  return openDecoded(header, decode, maxPixels);
}

async function openHeif(path: string, maxPixels: number): Promise<ImageFile> {
  const header = await readHeifHeader(path);
  const opened = openDecoded({ ...header, density: undefined }, () => decodeHeif(path), maxPixels);
  return { ...opened, animated: header.pictures > 1 };
}

async function openJp2(path: string, maxPixels: number): Promise<ImageFile> {
  const file = await readFile(path);
  const header = readJp2Header(file);
  return openDecoded(header, () => decodeJp2(file, header), maxPixels);
}

type Pixels = { width: number; height: number; channels: 1 | 3 | 4; data: Uint8Array };
type Header = { width: number; height: number; density: number | undefined };

/** A file of one picture that comes from its decoder as it is displayed. */
function openDecoded(header: Header, decode: () => Promise<Pixels>, maxPixels: number): ImageFile {
  const { width, height, density } = header;
  assertSize(width, height, maxPixels);
  const checked = async () => {
    const pixels = await decode();
    if (pixels.width !== width || pixels.height !== height) throw new FailureError("DAMAGED_FILE");
    return pixels;
  };
  return {
    kind: "image",
    pageCount: 1,
    animated: false,
    async picture() {
      const { channels, data } = await checked();
      const raw = sharp(data, { raw: { width, height, channels }, limitInputPixels: maxPixels });
      const image = raw.flatten({ background: "#ffffff" }).toColourspace("srgb");
      return { width, height, dpi: imageDpi(width, height, density).dpi, image };
    },
    async readPage() {
      const pixels = await checked();
      const { dpi, known } = imageDpi(width, height, density);
      const { channels, data } = pixels;
      const page = { width, height, dpi, dpiKnown: known };
      if (channels === 1 && width * height <= maxRasterPixels)
        return { ...page, raster: { width, height, grey: data } };
      const raw = sharp(data, { raw: { width, height, channels }, limitInputPixels: maxPixels });
      const raster = await decoding(() => toRaster(onPaper(raw, width, height), channels > 1));
      return { ...page, raster };
    },
  };
}

function load(path: string, page: number, maxPixels: number): Sharp {
  return sharp(path, { limitInputPixels: maxPixels, failOn: "error", page, pages: 1 }).timeout({
    seconds: decodeSeconds,
  });
}

/** On white paper, of at most `maxRasterPixels`. */
function onPaper(image: Sharp, width: number, height: number): Sharp {
  const scale = Math.sqrt(maxRasterPixels / (width * height));
  const flat = image.flatten({ background: "#ffffff" });
  if (scale >= 1) return flat;
  return flat.resize(Math.max(1, Math.floor(width * scale)), Math.max(1, Math.floor(height * scale)), { fit: "fill" });
}

/** In grey, with what only colour shows. */
async function toRaster(picture: Sharp, isColoured: boolean): Promise<Raster> {
  if (!isColoured) return await toGrey(picture);
  const { data, info } = await picture.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const grey = await toGrey(sharp(data, { raw: { width, height, channels }, limitInputPixels: false }));
  if (channels !== 3) return grey;
  const colour = { width, height, channels, data };
  const tiles = findColouredTiles(thinned(colour));
  return tiles === undefined ? grey : showColouredPrint(grey, colour, tiles);
}

async function toGrey(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.greyscale().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return checkedRaster(info, data);
}

function checkedRaster(info: OutputInfo, data: Buffer): Raster {
  if (info.channels !== 1 || data.length !== info.width * info.height) throw new FailureError("DAMAGED_FILE");
  return { width: info.width, height: info.height, grey: data };
}

/** @throws FailureError TOO_MANY_PIXELS or DAMAGED_FILE */
function assertSize(width: number, height: number, maxPixels: number): void {
  if (!(width >= 1 && height >= 1)) throw new FailureError("DAMAGED_FILE");
  if (width > maxImageSidePx || height > maxImageSidePx || width * height > maxPixels) {
    throw new FailureError("TOO_MANY_PIXELS");
  }
}

/** Runs a decoder and says what its complaint means. sharp has no error codes: these are libvips' words. */
async function decoding<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/pixel limit|too large|exceeds/iu.test(text)) throw new FailureError("TOO_MANY_PIXELS", { cause: error });
    if (/timeout/iu.test(text)) throw new FailureError("PAGE_TIMEOUT", { cause: error });
    if (saysOutOfMemory(text)) throw new FailureError("OUT_OF_MEMORY", { cause: error });
    throw new FailureError("DAMAGED_FILE", { cause: error });
  }
}
