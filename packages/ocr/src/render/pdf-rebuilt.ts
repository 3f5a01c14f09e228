// The last way to a searchable PDF: pictures of the pages. For PDFs that can be shown but not be taken apart.
import { writeFile } from "node:fs/promises";
import { FailureError } from "@legible/shared/failures";
import type { PDFDocument } from "pdf-lib";
import sharp from "sharp";
import { scratchPath } from "./decoded-image.ts";
import { embedJpeg, readJpeg } from "./jpeg-passthrough.ts";
import type { LayerFont } from "./layer-font.ts";
import { addPage } from "./pdf-from-image.ts";
import type { WantedPage } from "./pdf-from-pdf.ts";
import type { PdfiumFile } from "./pdfium-file.ts";
import { turned } from "./placing.ts";

/** Enough to read print from; a text page as JPEG stays near 300 kB. */
const rebuildDpi = 200;
const jpegQuality = 80;

/**
 * Adds a picture of each wanted page to `document`, with its text. A failed or blank page that cannot be shown (none can
 * when `file` is undefined) becomes an empty page of the size its tree says.
 * @throws FailureError DAMAGED_FILE when a page that has words cannot be shown.
 */
export async function addRebuiltPages(
  document: PDFDocument,
  font: LayerFont,
  file: PdfiumFile | undefined,
  wanted: readonly WantedPage[],
  folder: string,
): Promise<void> {
  for (const { index, readTree } of wanted) {
    const tree = await readTree();
    const picture = file?.render(index, rebuildDpi);
    if (picture === undefined) {
      // A page that could be read is never silently replaced by an empty one.
      if (tree.source === "ocr" || tree.source === "text") throw new FailureError("DAMAGED_FILE");
      addPage(document, font, tree, undefined);
      continue;
    }
    const { width, height, data } = picture;
    const path = `${scratchPath(folder, tree.number)}.jpg`;
    const jpeg = sharp(data, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .jpeg({ quality: jpegQuality });
    await writeFile(path, await jpeg.toBuffer());
    const found = await readJpeg(path);
    if (found === undefined) throw new Error("The page's picture was not written as a plain JPEG");
    const ref = embedJpeg(document.context, path, found);
    // The page's own text is lost in the picture: text and recognised pages alike get a layer.
    addPage(document, font, tree, { ref, placing: turned(tree.rotation) });
  }
}
