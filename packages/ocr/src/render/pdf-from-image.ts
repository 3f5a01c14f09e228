// One page of a searchable PDF from an image: the image as it was sent, at its physical size, and the text layer.
import type { Page } from "@legible/shared/document";
import { type PDFDocument, PDFName, PDFPage, type PDFRef } from "pdf-lib";
import sharp from "sharp";
import { embedDecoded, type ImageSource } from "./decoded-image.ts";
import { deflated } from "./deflated-stream.ts";
import { embedFax, readFax } from "./fax-image.ts";
import { embedJp2 } from "./jp2-passthrough.ts";
import { embedJpeg, readJpeg } from "./jpeg-passthrough.ts";
import type { LayerFont } from "./layer-font.ts";
import { exifPlacing, followedBy, turned } from "./placing.ts";
import { embedPng, readPng } from "./png-passthrough.ts";
import { type Matrix, textLayer } from "./text-layer.ts";
import { embedTiffJpeg } from "./tiff-jpeg.ts";

const pointsPerInch = 72;
/** Longest side of a page, pt (PDF 32000-1, annex C). */
const longestSidePt = 14_400;

/** An image in the document and how it must be turned to stand as viewers show it. */
type Embedded = { ref: PDFRef; placing: Matrix };

/**
 * Adds the image as the document's last page.
 * @throws Error when it cannot be decoded.
 */
export async function addImagePage(
  document: PDFDocument,
  font: LayerFont,
  source: ImageSource,
  tree: Page,
): Promise<void> {
  const { ref, placing } = await embed(document, source);
  // The tree's boxes count in the page as it stands after recognition turned it upright.
  addPage(document, font, tree, { ref, placing: followedBy(placing, turned(tree.rotation)) });
}

/** Adds a page with an image that is upright already, or with nothing but its size when there is none. */
export function addPage(document: PDFDocument, font: LayerFont, tree: Page, image: Embedded | undefined): void {
  const scale = Math.min(pointsPerInch / tree.dpi, longestSidePt / Math.max(tree.width, tree.height));
  const width = twoDecimals(tree.width * scale);
  const height = twoDecimals(tree.height * scale);
  const { context } = document;
  const page = PDFPage.create(document);
  page.setSize(width, height);
  document.addPage(page);
  const resources = context.obj({});
  const content: Buffer[] = [];
  if (image !== undefined) {
    resources.set(PDFName.of("XObject"), context.obj({ I: image.ref }));
    const matrix = followedBy(image.placing, [width, 0, 0, height, 0, 0]).map(twoDecimals);
    content.push(Buffer.from(`q ${matrix.join(" ")} cm /I Do Q\n`, "latin1"));
  }
  const layer = textLayer(tree, [width / tree.width, 0, 0, height / tree.height, 0, 0], font.codes, "L");
  if (layer !== undefined) {
    resources.set(PDFName.of("Font"), context.obj({ L: font.use() }));
    content.push(layer);
  }
  page.node.set(PDFName.Resources, resources);
  if (content.length > 0) page.node.set(PDFName.Contents, context.register(deflated(context, Buffer.concat(content))));
}

async function embed({ context }: PDFDocument, source: ImageSource): Promise<Embedded> {
  if (source.mimeType === "image/jpeg") {
    const jpeg = await readJpeg(source.path);
    if (jpeg !== undefined) return { ref: embedJpeg(context, source.path, jpeg), placing: await exifOf(source.path) };
  }
  if (source.mimeType === "image/png") {
    const png = await readPng(source.path);
    if (png !== undefined) return { ref: embedPng(context, source.path, png), placing: await exifOf(source.path) };
  }
  if (source.mimeType === "image/tiff") {
    const fax = await readFax(source.path, source.index);
    if (fax !== undefined) return { ref: embedFax(context, source.path, fax), placing: turned(0) };
    const ref = await embedTiffJpeg(context, source.path, source.index, source.scratch);
    if (ref !== undefined) return { ref, placing: turned(0) };
  }
  if (source.mimeType === "image/jp2") return { ref: await embedJp2(context, source.path), placing: turned(0) };
  return { ref: await embedDecoded(context, source), placing: turned(0) };
}

async function exifOf(path: string): Promise<Matrix> {
  const { orientation } = await sharp(path).metadata();
  return exifPlacing(orientation ?? 1);
}

function twoDecimals(value: number): number {
  return Number(value.toFixed(2));
}
