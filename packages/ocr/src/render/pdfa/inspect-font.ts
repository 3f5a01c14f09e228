// Fonts that show something must be carried along, in a form that every reader takes alike (ISO 19005-2, 6.2.11). What the font
// programs themselves hold (widths, glyphs, character maps) is not looked at.
import { PDFDict, PDFName, PDFStream } from "pdf-lib";
import { dictIn, itemsIn, nameIn, numberIn, objectIn } from "./findings.ts";

const programs = ["FontFile", "FontFile2", "FontFile3"];
const latinEncodings = new Set(["MacRomanEncoding", "WinAnsiEncoding"]);
/** Bit 3 of a font's flags. */
const symbolic = 4;

/** Whether `font` is embedded and encoded as PDF/A-2 asks. Type 3 fonts are drawn by content, which is looked at as such. */
export function isPdfaFont(font: PDFDict): boolean {
  const kind = nameIn(font, "Subtype");
  if (kind === "Type3") return true;
  if (kind !== "Type0") return isEmbedded(font) && (kind !== "TrueType" || isPlainlyEncoded(font));
  const [descendant] = itemsIn(font, "DescendantFonts");
  if (!(descendant instanceof PDFDict) || !isEmbedded(descendant)) return false;
  const mapped = objectIn(descendant, "CIDToGIDMap");
  if (nameIn(descendant, "Subtype") === "CIDFontType2" && !(mapped instanceof PDFStream || mapped instanceof PDFName))
    return false;
  const encoding = objectIn(font, "Encoding");
  return encoding instanceof PDFStream || encoding instanceof PDFName;
}

function isEmbedded(font: PDFDict): boolean {
  const descriptor = dictIn(font, "FontDescriptor");
  return programs.some((key) => objectIn(descriptor, key) instanceof PDFStream);
}

/** A symbolic TrueType font has no encoding, another one of two (6.2.11.6). */
function isPlainlyEncoded(font: PDFDict): boolean {
  const flags = numberIn(dictIn(font, "FontDescriptor"), "Flags") ?? 0;
  const encoding = objectIn(font, "Encoding");
  if ((flags & symbolic) !== 0) return encoding === undefined;
  const name = encoding instanceof PDFDict ? nameIn(encoding, "BaseEncoding") : nameIn(font, "Encoding");
  return name !== undefined && latinEncodings.has(name);
}
