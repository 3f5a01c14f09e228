// What is drawn on a PDF page: how much of it is pictures and where they stand, text that a picture hides, and paths like letters.
import type { Box } from "@legible/shared/document";
import type { PdfPage } from "./pdf-page.ts";
import { pixelMap } from "./pdf-page.ts";
import { unseenText } from "./unseen-text.ts";

export type PageDrawing = {
  /** Objects drawn on the page, annotations not counted. */
  objects: number;
  /** Share of the page under images, 0–1. */
  imageShare: number;
  /** Boxes of the pictures, as far as they lie on the page, px. */
  pictures: Box[];
  /** Text objects that cannot be seen, being under something or in its colour: pdfium's handles. */
  hidden: Set<number>;
  /** Paths of the size of a letter. */
  letterPaths: number;
};

/** FPDF_PAGEOBJ_TEXT, _PATH, _IMAGE and _FORM (fpdf_edit.h). */
const textObject = 1;
const pathObject = 2;
const imageObject = 3;
const formObject = 5;
/** Objects looked at, and depth of forms in forms: hostile pages hold millions. */
const maxObjects = 5_000;
const maxDepth = 3;
/** Height of print as paths, pt: from the x-height of small print to the capitals of a large heading; rules are flatter. */
const letterHeight = { from: 2.5, to: 40 };
/** A letter is at most so many times wider than high. */
const letterWidth = 2.5;
const pointsPerInch = 72;

export function readDrawing(page: PdfPage): PageDrawing {
  const { pdfium, handle } = page;
  const objects = pdfium.FPDFPage_CountObjects(handle);
  const toPixels = pixelMap(page);
  const place = pdfium.allocate(16);
  const pictures: Box[] = [];
  const unseen = unseenText(page);
  let letterPaths = 0;
  let looked = 0;
  const boxOf = (object: number): Box | undefined => {
    if (!pdfium.FPDFPageObj_GetBounds(object, place, place + 4, place + 8, place + 12)) return undefined;
    const view = new DataView(pdfium.memory().buffer, place, 16);
    const at = (offset: number) => view.getFloat32(offset, true);
    return toPixels(at(0), at(4), at(8), at(12));
  };
  const holdsImage = (form: number, depth: number): boolean => {
    const count = pdfium.FPDFFormObj_CountObjects(form);
    for (let index = 0; index < count && looked < maxObjects; index++, looked++) {
      const object = pdfium.FPDFFormObj_GetObject(form, index);
      const type = pdfium.FPDFPageObj_GetType(object);
      if (type === imageObject) return true;
      if (type === formObject && depth < maxDepth && holdsImage(object, depth + 1)) return true;
    }
    return false;
  };
  for (let index = 0; index < objects && looked < maxObjects; index++, looked++) {
    const object = pdfium.FPDFPage_GetObject(handle, index);
    const type = pdfium.FPDFPageObj_GetType(object);
    const box = boxOf(object);
    if (box === undefined) continue;
    if (type === textObject) unseen.text(object, box);
    else if (type === pathObject) {
      letterPaths += isLetterSized(box, page.dpi) ? 1 : 0;
      unseen.path(object, box);
    } else {
      unseen.picture(object, box, type === imageObject ? "picture" : "unknown");
      const onPage =
        type === imageObject || (type === formObject && holdsImage(object, 0)) ? cut(box, page) : undefined;
      if (onPage !== undefined) pictures.push(onPage);
    }
  }
  pdfium.free(place);
  const covered = pictures.reduce((sum, [x0, y0, x1, y1]) => sum + (x1 - x0) * (y1 - y0), 0);
  const imageShare = Math.min(1, covered / (page.width * page.height));
  return { objects, imageShare, pictures, hidden: unseen.hidden, letterPaths };
}

/** `box` as far as it lies on the page. */
function cut(box: Box, { width, height }: PdfPage): Box | undefined {
  const [x0, y0] = [Math.max(0, box[0]), Math.max(0, box[1])];
  const [x1, y1] = [Math.min(width, box[2]), Math.min(height, box[3])];
  return x0 < x1 && y0 < y1 ? [x0, y0, x1, y1] : undefined;
}

function isLetterSized([x0, y0, x1, y1]: Box, dpi: number): boolean {
  const height = ((y1 - y0) * pointsPerInch) / dpi;
  return height >= letterHeight.from && height <= letterHeight.to && x1 - x0 <= letterWidth * (y1 - y0);
}
