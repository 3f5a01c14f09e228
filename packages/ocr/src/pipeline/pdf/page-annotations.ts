// Text that stands on a page without being its content: values of form fields, notes typed on the page, stamps. A person sees it, so
// it is made part of the page before the page is read. pdfium can only do so for good; see `withPdfPage`.
import type { Pdfium } from "./pdfium.ts";

/** FPDF_ANNOT_FREETEXT, _STAMP and _WIDGET (fpdf_annot.h). */
const writtenTypes = new Set([3, 13, 20]);
const widget = 20;
/** Annotation flags Hidden and NoView (PDF 32000-1, table 165). */
const unseenFlags = 0x02 | 0x20;
/** FPDF_ANNOT_APPEARANCEMODE_NORMAL. */
const normal = 0;
/** Annotations looked at: forms have a few hundred on a page. */
const maxAnnotations = 5_000;

/** True when annotations of the page may show text. */
export function hasWrittenAnnotations(pdfium: Pdfium, page: number): boolean {
  const count = Math.min(maxAnnotations, pdfium.FPDFPage_GetAnnotCount(page));
  for (let index = 0; index < count; index++) {
    if (withAnnotation(pdfium, page, index, (annotation) => isWritten(pdfium, annotation))) return true;
  }
  return false;
}

/** Turns such annotations into objects of the loaded page, after all others. Fields without an appearance get one from their value. */
export function flattenAnnotations(pdfium: Pdfium, page: number): void {
  const count = Math.min(maxAnnotations, pdfium.FPDFPage_GetAnnotCount(page));
  let index = 0;
  for (let looked = 0; looked < count; looked++) {
    const isGone = withAnnotation(pdfium, page, index, (annotation) => {
      if (!isWritten(pdfium, annotation)) return false;
      const hasLook = () => pdfium.EPDFAnnot_HasAppearanceStream(annotation, normal);
      if (!hasLook() && pdfium.FPDFAnnot_GetSubtype(annotation) === widget) {
        pdfium.EPDFAnnot_GenerateFormFieldAP(annotation);
      }
      return hasLook() && pdfium.EPDFAnnot_Flatten(page, annotation);
    });
    if (!isGone) index++;
  }
}

function isWritten(pdfium: Pdfium, annotation: number): boolean {
  const unseen = (pdfium.FPDFAnnot_GetFlags(annotation) & unseenFlags) !== 0;
  return !unseen && writtenTypes.has(pdfium.FPDFAnnot_GetSubtype(annotation));
}

function withAnnotation(pdfium: Pdfium, page: number, index: number, work: (annotation: number) => boolean): boolean {
  const annotation = pdfium.FPDFPage_GetAnnot(page, index);
  if (annotation === 0) return false;
  try {
    return work(annotation);
  } finally {
    pdfium.FPDFPage_CloseAnnot(annotation);
  }
}
