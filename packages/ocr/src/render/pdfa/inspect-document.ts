// Everything that keeps a document from being PDF/A-2b and that cannot be mended without changing how it looks. Not looked at: what
// font programs and embedded colour profiles hold.
import { PDFDict, type PDFDocument, PDFName, type PDFPageLeaf, PDFStream } from "pdf-lib";
import { pageContent, unpack } from "../page-content.ts";
import { dictIn, itemsIn, nameIn, numberIn, type Obstacle, type Obstacles, objectIn } from "./findings.ts";
import { type Inspection, inspectContent } from "./inspect-content.ts";

/** Sides of a page, pt (ISO 19005-2, 6.1.13). */
const shortestSide = 3;
const longestSide = 14_400;
/** Bits of an annotation's flags that hide it: invisible, hidden, no view, toggle no view (6.3.2). */
const hiding = 1 | 2 | 32 | 256;
/** Compressions of streams that PDF/A-2 excludes, or that it allows for pictures of certain kinds only, which are not told apart here. */
const refusedFilters = new Set(["LZWDecode", "LZW", "Crypt", "JPXDecode"]);
const externalKeys = ["F", "FFilter", "FDecodeParms"];

/** What stands in the way, each kind once. */
export function findObstacles(document: PDFDocument): Obstacle[] {
  const obstacles: Obstacles = new Set();
  const job: Inspection = { context: document.context, obstacles, seen: new Set() };
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    if (object instanceof PDFStream && !isAllowedStream(object.dict)) obstacles.add("NOT_PDFA_CONTENT");
  }
  for (const page of document.getPages()) inspectPage(job, page.node);
  return [...obstacles];
}

function isAllowedStream(dict: PDFDict): boolean {
  const filters = itemsIn(dict, "Filter").map((filter) => (filter instanceof PDFName ? filter.decodeText() : ""));
  return (
    !filters.some((filter) => refusedFilters.has(filter)) && !externalKeys.some((key) => dict.has(PDFName.of(key)))
  );
}

function inspectPage(job: Inspection, leaf: PDFPageLeaf): void {
  const { context, obstacles } = job;
  const { width, height } = leaf.MediaBox().asRectangle();
  for (const side of [Math.abs(width), Math.abs(height)]) {
    if (side < shortestSide || side > longestSide) obstacles.add("NOT_PDFA_CONTENT");
  }
  const resources = leaf.getInheritableAttribute(PDFName.Resources);
  const found = resources === undefined ? undefined : context.lookup(resources);
  inspectContent(job, pageContent(leaf), found instanceof PDFDict ? found : undefined);
  for (const annotation of itemsIn(leaf, "Annots")) {
    if (annotation instanceof PDFDict) inspectAnnotation(job, annotation);
  }
}

/** An annotation is always shown, as its appearance says and not as a reader likes. */
function inspectAnnotation(job: Inspection, annotation: PDFDict): void {
  const kind = nameIn(annotation, "Subtype");
  if (kind === "Popup") return;
  if (((numberIn(annotation, "F") ?? 0) & hiding) !== 0) job.obstacles.add("NOT_PDFA_CONTENT");
  const normal = objectIn(dictIn(annotation, "AP"), "N");
  if (normal === undefined && kind !== "Link" && !isEmptyRectangle(annotation)) job.obstacles.add("NOT_PDFA_CONTENT");
  const looks =
    normal instanceof PDFDict ? normal.keys().map((key) => normal.context.lookup(normal.get(key))) : [normal];
  for (const look of looks) {
    if (look instanceof PDFStream) inspectContent(job, unpack(look), dictIn(look.dict, "Resources"), 1);
  }
}

function isEmptyRectangle(annotation: PDFDict): boolean {
  const [x0, y0, x1, y1] = itemsIn(annotation, "Rect").map(String);
  return x0 === x1 && y0 === y1;
}
