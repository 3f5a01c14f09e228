// How the text objects of a page look: what all characters of one have in common.
import type { PdfPage } from "./pdf-page.ts";

export type TextLook = {
  /** Drawn with a bold font, or with its outline drawn over, which is how a missing bold font is imitated. */
  bold: boolean;
  /** Drawn with a font whose characters have one width. */
  fixed: boolean;
  /** Drawn so that it can be seen (not render mode 3, the text layer of an OCR program) and not covered afterwards. */
  visible: boolean;
  /** Id of the marked content that it is part of; undefined for none, and inside forms, which count for themselves. */
  content: number | undefined;
  /** Value of a form field, or typed on the page afterwards. */
  added: boolean;
};

/** Text rendering modes (PDF 32000-1, table 106): 3 neither fills nor strokes, 7 only clips. */
const invisibleModes = new Set([3, 7]);
/** Table 106: 2 fills and strokes. */
const outlinedMode = 2;
/** FPDF_PAGEOBJ_FORM (fpdf_edit.h). */
const formObject = 5;
/** Weight from which CSS and OpenType call a font semibold. */
const boldWeight = 600;
const boldName = /bold|black|heavy|demi/iu;
/** Usual names of typewriter faces; many producers leave the font's flag out. */
const fixedName = /mono(?!type)|courier|consol|typewriter|menlo|cmtt|lmtt/iu;
/** FixedPitch, a flag of fonts (PDF 32000-1, table 123). */
const fixedPitch = 0x01;
/** Bytes of a font's name looked at; PDF names hold at most 127 (PDF 32000-1, annex C.2). */
const longestName = 128;
/** Objects looked at: each letter of a page may be one. Depth of forms in forms. */
const maxObjects = 100_000;
const maxDepth = 4;

/** Looks up the look of character `index` of the text page `text`, which stands in `object` (0 for characters that pdfium added). */
export type TextLooks = (index: number, object: number) => TextLook;

/** `hidden`: text objects that something drawn later covers. */
export function textLooks(page: PdfPage, text: number, hidden: ReadonlySet<number>): TextLooks {
  const { pdfium } = page;
  const known = new Map<number, TextLook>();
  const { own, added } = objectsOf(page);
  return (index, object) => {
    const found = known.get(object);
    if (found !== undefined) return found;
    const mode = object === 0 ? 0 : pdfium.FPDFTextObj_GetTextRenderMode(object);
    const content = own.has(object) ? pdfium.FPDFPageObj_GetMarkedContentID(object) : -1;
    const font = fontOf(page, text, index);
    const look = {
      bold:
        mode === outlinedMode || pdfium.FPDFText_GetFontWeight(text, index) >= boldWeight || boldName.test(font.name),
      fixed: (font.flags & fixedPitch) !== 0 || fixedName.test(font.name),
      visible: !hidden.has(object) && !invisibleModes.has(mode),
      content: content < 0 ? undefined : content,
      added: added.has(object),
    };
    if (object !== 0) known.set(object, look);
    return look;
  };
}

/** Objects of the page itself, not those in its forms; and all that annotations brought. */
function objectsOf({ pdfium, handle, ownObjects }: PdfPage): { own: Set<number>; added: Set<number> } {
  const own = new Set<number>();
  const added = new Set<number>();
  const count = Math.min(maxObjects, pdfium.FPDFPage_CountObjects(handle));
  const add = (object: number, depth: number): void => {
    added.add(object);
    const isForm = depth < maxDepth && pdfium.FPDFPageObj_GetType(object) === formObject;
    const inner = isForm ? Math.min(maxObjects - added.size, pdfium.FPDFFormObj_CountObjects(object)) : 0;
    for (let index = 0; index < inner; index++) add(pdfium.FPDFFormObj_GetObject(object, index), depth + 1);
  };
  for (let index = 0; index < count; index++) {
    const object = pdfium.FPDFPage_GetObject(handle, index);
    if (index < ownObjects) own.add(object);
    else add(object, 0);
  }
  return { own, added };
}

function fontOf({ pdfium }: PdfPage, text: number, index: number): { name: string; flags: number } {
  const place = pdfium.allocate(longestName + 4);
  try {
    const length = pdfium.FPDFText_GetFontInfo(text, index, place + 4, longestName, place);
    const memory = pdfium.memory();
    const name = memory.subarray(place + 4, place + 4 + Math.min(Math.max(length, 0), longestName));
    // Without an answer nothing was written there.
    const flags = length > 0 ? new DataView(memory.buffer, place, 4).getInt32(0, true) : 0;
    return { name: Buffer.from(name).toString("latin1"), flags };
  } finally {
    pdfium.free(place);
  }
}
