// The characters of a PDF page as pdfium finds them: in its reading order, with boxes, sizes, and whether they can be seen and trusted.
import type { Box } from "@legible/shared/document";
import { type PdfPage, pixelMap } from "./pdf-page.ts";
import { symbolText } from "./symbol-text.ts";
import { type TextLook, textLooks } from "./text-looks.ts";

export type PdfCharacter = TextLook & {
  text: string;
  /** Pixels as displayed. */
  bbox: Box;
  /** Height of the font as displayed, px. */
  size: number;
  /** Where the line stands that the character is written on, px from the top. */
  baseline: number;
  /** Written neither level nor nearly so, as displayed: stamps at the edge of a page, labels of axes. */
  turned: boolean;
  /** pdfium could not tell which character the glyph stands for. */
  unmapped: boolean;
  /** A space or line end that pdfium added. */
  generated: boolean;
};

/** Characters looked at on one page: a dense newspaper page has 30,000. */
const maxCharacters = 200_000;
const pointsPerInch = 72;
/** Cosine of 30°: what leans further is no line of a page. */
const level = 0.87;
/** Type this small is a speck on paper and on screen, pt; the smallest print that is read is 3 pt. */
const smallestSize = 1;
/** FPDFText_GetUnicode yields UTF-16 units for some fonts: halves of a pair stand in two characters. */
const highSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;

/** `hidden`: text objects that something drawn later covers. */
export function readCharacters(page: PdfPage, hidden: ReadonlySet<number> = new Set()): PdfCharacter[] {
  const { pdfium, handle } = page;
  const text = pdfium.FPDFText_LoadPage(handle);
  if (text === 0) return [];
  const place = pdfium.allocate(32);
  const toPixels = pixelMap(page);
  const smallest = (smallestSize * page.dpi) / pointsPerInch;
  // Counter-clockwise, like the angles of characters.
  const pageAngle = (pdfium.FPDFPage_GetRotation(handle) * Math.PI) / 2;
  const lookOf = textLooks(page, text, hidden);
  try {
    const count = Math.min(maxCharacters, pdfium.FPDFText_CountChars(text));
    const characters: PdfCharacter[] = [];
    for (let index = 0; index < count; index++) {
      const code = pdfium.FPDFText_GetUnicode(text, index);
      const pair = highSurrogate(code) && index + 1 < count;
      const low = pair ? pdfium.FPDFText_GetUnicode(text, index + 1) : 0;
      pdfium.FPDFText_GetCharBox(text, index, place, place + 8, place + 16, place + 24);
      const box = new DataView(pdfium.memory().buffer, place, 32);
      // left, right, bottom, top
      const [left, right] = [box.getFloat64(0, true), box.getFloat64(8, true)];
      const [bottom, top] = [box.getFloat64(16, true), box.getFloat64(24, true)];
      pdfium.FPDFText_GetCharOrigin(text, index, place, place + 8);
      const [originX, originY] = [box.getFloat64(0, true), box.getFloat64(8, true)];
      // FS_MATRIX of six floats: its second column is how a vertical unit of the font is scaled.
      const scaled = pdfium.FPDFText_GetMatrix(text, index, place);
      const stretch = scaled ? Math.hypot(box.getFloat32(8, true), box.getFloat32(12, true)) : 1;
      const look = lookOf(index, pdfium.FPDFText_GetTextObject(text, index));
      const bbox = toPixels(left, bottom, right, top);
      const generated = pdfium.FPDFText_IsGenerated(text, index) === 1;
      const size = (pdfium.FPDFText_GetFontSize(text, index) * stretch * page.dpi) / pointsPerInch;
      characters.push({
        text: pair ? String.fromCharCode(code, low) : symbolText(code),
        bbox,
        baseline: toPixels(originX, originY, originX, originY)[1],
        size,
        ...look,
        visible: look.visible && (generated || size > smallest) && isOnPage(bbox, page),
        turned: !generated && Math.cos(pdfium.FPDFText_GetCharAngle(text, index) - pageAngle) < level,
        unmapped: pdfium.FPDFText_HasUnicodeMapError(text, index) === 1,
        generated,
      });
      if (pair) index++;
    }
    return characters;
  } finally {
    pdfium.free(place);
    pdfium.FPDFText_ClosePage(text);
  }
}

/** False beside the page, where text of other sizes of paper and notes of typesetters stand. */
function isOnPage([x0, y0, x1, y1]: Box, { width, height }: PdfPage): boolean {
  return x1 >= 0 && y1 >= 0 && x0 <= width && y0 <= height;
}
