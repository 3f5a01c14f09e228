// A page as pixels, whatever its file is: the first step of reading it, and the one that can be made ahead.
import { FailureError } from "@legible/shared/failures";
import { maxRasterPixels } from "@legible/shared/limits";
import { colourDpi, findColouredTiles } from "./colour/coloured-tiles.ts";
import { showColouredPrint } from "./colour/show-coloured-print.ts";
import type { OpenFile } from "./open-file.ts";
import { type PdfPage, renderPage, withPdfPage } from "./pdf/pdf-page.ts";
import { mayHaveColour, renderColour } from "./pdf/render-colour.ts";
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
          return { width, height, dpi, dpiKnown: true, raster: withColouredPrint(page, renderPage(page)) };
        });
  const { width, height } = pixels.raster;
  if (width * height > maxRasterPixels) throw new FailureError("TOO_MANY_PIXELS");
  return pixels;
}

/** `grey`, the page's picture, with what only colour shows. Looked for in a small picture: most pages have none. */
function withColouredPrint(page: PdfPage, grey: Raster): Raster {
  if (!mayHaveColour(page)) return grey;
  const tiles = findColouredTiles(renderColour(page, Math.min(1, colourDpi / page.dpi)));
  return tiles === undefined ? grey : showColouredPrint(grey, renderColour(page, 1), tiles);
}
