// A page as a person sees it: in colour, upright, small enough for a screen. The same way up and of the same proportions as the page's
// tree, so that its boxes fit.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Rotation } from "@legible/shared/document";
import sharp, { type Sharp } from "sharp";
import type { OpenFile } from "./open-file.ts";
import { withPdfPage } from "./pdf/pdf-page.ts";
import { renderColour } from "./pdf/render-colour.ts";

/** Print is read without effort at this resolution, dots per inch; a page of print is about 200 kB then. */
const previewDpi = 150;
/** Pixels of the largest preview: a page of A3 at 150 dpi has 4.3 million. */
const maxPreviewPixels = 8_000_000;
/** Width of a thumbnail, px: twice what a list shows, for fine screens. */
const thumbnailWidth = 240;
const quality = { full: 80, thumbnail: 70 };

export type PreviewFiles = { full: string; thumbnail: string };

/** Writes both pictures of page `index` (0-based), turned clockwise by `rotation`, into `folder`. @throws FailureError */
export async function writePreviews(
  file: OpenFile,
  { index, rotation }: { index: number; rotation: Rotation },
  folder: string,
): Promise<PreviewFiles> {
  const page = await picture(file, index);
  const { data, info } = await page.removeAlpha().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const upright = () =>
    sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }).rotate(rotation);
  const names = { full: `preview-${index}.jpg`, thumbnail: `thumbnail-${index}.jpg` };
  const full = await upright().jpeg({ quality: quality.full }).toBuffer();
  await writeFile(join(folder, names.full), full);
  const small = sharp(full).resize({ width: thumbnailWidth, height: 4 * thumbnailWidth, fit: "inside" });
  await writeFile(join(folder, names.thumbnail), await small.jpeg({ quality: quality.thumbnail }).toBuffer());
  return names;
}

/** The page in the size of the preview, as its file displays it. */
async function picture(file: OpenFile, index: number): Promise<Sharp> {
  if (file.kind === "pdf") {
    const { data, width, height, channels } = withPdfPage(file, index, (page) =>
      renderColour(page, Math.min(1, scaleFor(page.width, page.height, page.dpi))),
    );
    return sharp(data, { raw: { width, height, channels } });
  }
  const { width, height, dpi, image } = await file.picture(index);
  const scale = scaleFor(width, height, dpi);
  if (scale >= 1) return image;
  return image.resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), { fit: "fill" });
}

function scaleFor(width: number, height: number, dpi: number): number {
  return Math.min(previewDpi / dpi, Math.sqrt(maxPreviewPixels / (width * height)));
}
