// A page as pixels, whatever its file is: the first step of reading it, and the one that can be made ahead.
import { FailureError } from "@legible/shared/failures";
import { maxRasterPixels } from "@legible/shared/limits";
import type { OpenFile } from "./open-file.ts";
import { renderPage, withPdfPage } from "./pdf/pdf-page.ts";
import type { Raster } from "./raster.ts";

/** Its own size (px) and resolution, and a raster that may be smaller. */
export type PagePixels = { width: number; height: number; dpi: number; dpiKnown: boolean; raster: Raster };

/** Page `index` (0-based) of the file. @throws FailureError */
export async function pagePixels(file: OpenFile, index: number): Promise<PagePixels> {
  const pixels =
    file.kind === "image"
      ? await file.readPage(index)
      : withPdfPage(file, index, (page) => {
          const { width, height, dpi } = page;
          return { width, height, dpi, dpiKnown: true, raster: renderPage(page) };
        });
  const { width, height } = pixels.raster;
  if (width * height > maxRasterPixels) throw new FailureError("TOO_MANY_PIXELS");
  return pixels;
}
