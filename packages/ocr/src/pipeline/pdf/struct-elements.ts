// pdfium's structure tree of a page as plain objects.
import type { PdfPage } from "./pdf-page.ts";
import type { Pdfium } from "./pdfium.ts";

export type StructElement = {
  /** Standard type, or the producer's own where no role map explains it. */
  type: string;
  /** Marked content (its id), elements, and undefined for what is not on this page: empty or another page's. */
  children: (number | StructElement | undefined)[];
  rowSpan: number;
  columnSpan: number;
};

/** Elements and depth looked at: hostile trees have millions; a dense table page has 5,000, and pages are nested some 20 deep. */
const maxElements = 20_000;
const maxDepth = 100;
/** Bytes of a type's name looked at, in UTF-16: standard ones have at most 10 characters. */
const longestType = 128;
const longestAttribute = 64;
/** More columns or rows are no table. */
const widestSpan = 100;

/** The elements at the root of the page's tree; none when it has no tags. */
export function structElements({ pdfium, handle }: PdfPage): StructElement[] {
  const tree = pdfium.FPDF_StructTree_GetForPage(handle);
  if (tree === 0) return [];
  const place = pdfium.allocate(longestType + longestAttribute);
  let count = 0;
  const read = (element: number, depth: number): StructElement | undefined => {
    if (element === 0 || depth > maxDepth || ++count > maxElements) return undefined;
    const children: StructElement["children"] = [];
    const childCount = Math.min(maxElements, pdfium.FPDF_StructElement_CountChildren(element));
    for (let index = 0; index < childCount; index++) {
      const child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index);
      const content = child === 0 ? pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index) : -1;
      children.push(child === 0 ? (content < 0 ? undefined : content) : read(child, depth + 1));
    }
    const type = typeOf(pdfium, element, place);
    const isCell = type === "TD" || type === "TH";
    return { type, children, ...(isCell ? spansOf(pdfium, element, place) : { rowSpan: 1, columnSpan: 1 }) };
  };
  try {
    const rootCount = Math.min(maxElements, pdfium.FPDF_StructTree_CountChildren(tree));
    const roots = Array.from({ length: rootCount }, (_, index) =>
      read(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), 0),
    );
    return roots.filter((root) => root !== undefined);
  } finally {
    pdfium.free(place);
    pdfium.FPDF_StructTree_Close(tree);
  }
}

function typeOf(pdfium: Pdfium, element: number, place: number): string {
  const length = pdfium.FPDF_StructElement_GetType(element, place, longestType);
  if (length < 2 || length > longestType) return "";
  return Buffer.from(pdfium.memory().slice(place, place + length - 2)).toString("utf16le");
}

function spansOf(pdfium: Pdfium, element: number, place: number): { rowSpan: number; columnSpan: number } {
  const spans = { rowSpan: 1, columnSpan: 1 };
  const count = Math.min(8, pdfium.FPDF_StructElement_GetAttributeCount(element));
  for (let index = 0; index < count; index++) {
    const attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, index);
    spans.rowSpan = numberOf(pdfium, attribute, "RowSpan", place) ?? spans.rowSpan;
    spans.columnSpan = numberOf(pdfium, attribute, "ColSpan", place) ?? spans.columnSpan;
  }
  return spans;
}

function numberOf(pdfium: Pdfium, attribute: number, name: string, place: number): number | undefined {
  const value = pdfium.FPDF_StructElement_Attr_GetValue(attribute, name);
  if (value === 0 || !pdfium.FPDF_StructElement_Attr_GetNumberValue(value, place)) return undefined;
  const number = new DataView(pdfium.memory().buffer, place, 4).getFloat32(0, true);
  return Number.isInteger(number) && number >= 1 && number <= widestSpan ? number : undefined;
}
