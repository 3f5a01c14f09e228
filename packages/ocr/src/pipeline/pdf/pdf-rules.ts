// The rules that a PDF draws: stroked lines and frames, and, as browsers and word processors draw them, filled areas as thin as a line.
import type { PageRules, Rule } from "../layout/page-rules.ts";
import { type PdfPage, pixelMap } from "./pdf-page.ts";

/** FPDF_PAGEOBJ_PATH, FPDF_SEGMENT_LINETO, FPDF_SEGMENT_MOVETO (fpdf_edit.h). */
const pathObject = 2;
const lineTo = 0;
const moveTo = 2;
/** Objects and segments looked at: hostile pages hold millions, drawings have tens of thousands of paths. */
const maxObjects = 20_000;
const maxSegments = 50_000;
/** Thickest filled area that is a rule, and shortest rule, pt: a row of the smallest print is 6 pt high. */
const thickest = 3;
const shortest = 5;
/** A line is level or upright when its ends differ by less, pt. */
const straight = 0.3;

type Point = readonly [x: number, y: number];

/** The page's rules, pixels as displayed. */
export function readRules(page: PdfPage): PageRules {
  const { pdfium, handle } = page;
  const toPixels = pixelMap(page);
  const rules: PageRules = { across: [], down: [] };
  const place = pdfium.allocate(24);
  const add = ([x0, y0]: Point, [x1, y1]: Point) => {
    const [left, top, right, bottom] = toPixels(x0, y0, x1, y1);
    const across: Rule = { at: (top + bottom) / 2, from: left, to: right };
    const down: Rule = { at: (left + right) / 2, from: top, to: bottom };
    if (right - left > bottom - top) rules.across.push(across);
    else rules.down.push(down);
  };
  let budget = maxSegments;
  const count = Math.min(maxObjects, pdfium.FPDFPage_CountObjects(handle));
  for (let index = 0; index < count && budget > 0; index++) {
    const object = pdfium.FPDFPage_GetObject(handle, index);
    if (pdfium.FPDFPageObj_GetType(object) !== pathObject) continue;
    const paths = readPaths(page, object, place, budget);
    budget -= paths.reduce((sum, path) => sum + path.length, 1);
    const stroked = isStroked(page, object, place);
    for (const path of paths) for (const [from, to] of stroked ? sides(path) : thinArea(path)) add(from, to);
  }
  pdfium.free(place);
  return rules;
}

function isStroked({ pdfium }: PdfPage, object: number, place: number): boolean {
  if (!pdfium.FPDFPath_GetDrawMode(object, place, place + 4)) return false;
  return new DataView(pdfium.memory().buffer, place, 8).getInt32(4, true) !== 0;
}

/** The polygons of a path, in page space (pt). Curves end one: they bound no cell. */
function readPaths({ pdfium }: PdfPage, object: number, place: number, most: number): Point[][] {
  if (!pdfium.FPDFPageObj_GetMatrix(object, place)) return [];
  const matrix = new DataView(pdfium.memory().buffer, place, 24);
  const [a, b, c, d, e, f] = [0, 4, 8, 12, 16, 20].map((at) => matrix.getFloat32(at, true)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const paths: Point[][] = [];
  const count = Math.min(most, pdfium.FPDFPath_CountSegments(object));
  for (let index = 0; index < count; index++) {
    const segment = pdfium.FPDFPath_GetPathSegment(object, index);
    if (!pdfium.FPDFPathSegment_GetPoint(segment, place, place + 4)) continue;
    const view = new DataView(pdfium.memory().buffer, place, 8);
    const [x, y] = [view.getFloat32(0, true), view.getFloat32(4, true)];
    const point: Point = [a * x + c * y + e, b * x + d * y + f];
    const type = pdfium.FPDFPathSegment_GetType(segment);
    const last = paths.at(-1);
    if (type === moveTo || type !== lineTo || last === undefined) paths.push([point]);
    else last.push(point);
    const start = paths.at(-1)?.[0];
    if (start !== undefined && pdfium.FPDFPathSegment_GetClose(segment)) paths.at(-1)?.push(start);
  }
  return paths;
}

/** The level and upright sides of a stroked polygon that are long enough. */
function sides(path: readonly Point[]): [Point, Point][] {
  return path.slice(1).flatMap((to, index): [Point, Point][] => {
    const from = path[index] ?? to;
    const [width, height] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
    return Math.min(width, height) <= straight && Math.max(width, height) >= shortest ? [[from, to]] : [];
  });
}

/** The middle line of a filled polygon when that is as thin as a rule. */
function thinArea(path: readonly Point[]): [Point, Point][] {
  const [xs, ys] = [path.map(([x]) => x), path.map(([, y]) => y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [width, height] = [right - left, high - low];
  if (Math.min(width, height) > thickest || Math.max(width, height) < shortest) return [];
  const [x, y] = [(left + right) / 2, (low + high) / 2];
  return width > height
    ? [
        [
          [left, y],
          [right, y],
        ],
      ]
    : [
        [
          [x, low],
          [x, high],
        ],
      ];
}
