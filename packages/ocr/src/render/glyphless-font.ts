// The font of the text layer: one Type0 font for every script, whose glyphs are empty. PDF 32000-1, 9.7.
import { type PDFContext, PDFName, type PDFRef, PDFString } from "pdf-lib";
import { deflated } from "./deflated-stream.ts";
import { glyphlessTrueType } from "./glyphless-truetype.ts";
import type { LayerCodes } from "./layer-codes.ts";

/** Width of every code, in em: half, the mean of Latin text, so that horizontal scaling stays near 100 %. */
export const advanceEm = 0.5;
/** Height above the baseline and depth below it, in em. Together 1: the font size is the height of a marked line. */
export const ascentEm = 0.8;
export const descentEm = 0.2;

const name = "LegibleGlyphless";
/** Font flags: symbolic (4), as the codes are not a standard Latin set. */
const symbolic = 4;

/** Fills `ref`, at which pages already point, with the font; called when all text is laid, as its map then is known. */
export function writeGlyphlessFont(context: PDFContext, ref: PDFRef, codes: LayerCodes): void {
  const metrics = { advance: advanceEm * 1000, ascent: ascentEm * 1000, descent: -descentEm * 1000 };
  const program = glyphlessTrueType(metrics);
  const descriptor = context.register(
    context.obj({
      Type: "FontDescriptor",
      FontName: name,
      Flags: symbolic,
      FontBBox: [0, metrics.descent, metrics.advance, metrics.ascent],
      ItalicAngle: 0,
      Ascent: metrics.ascent,
      Descent: metrics.descent,
      CapHeight: metrics.ascent,
      StemV: 80,
      FontFile2: context.register(deflated(context, program, { Length1: program.length })),
    }),
  );
  // Every code shows the second glyph: PDF/A-2 (6.2.11.8) forbids .notdef even where text is invisible.
  const glyphs = Buffer.alloc(2 * 0x10000);
  for (let code = 0; code < 0x10000; code++) glyphs.writeUInt16BE(1, 2 * code);
  const descendant = context.obj({
    Type: "Font",
    Subtype: "CIDFontType2",
    BaseFont: name,
    CIDToGIDMap: context.register(deflated(context, glyphs)),
    DW: metrics.advance,
    FontDescriptor: descriptor,
  });
  const system = context.obj({ Supplement: 0 });
  system.set(PDFName.of("Registry"), PDFString.of("Adobe"));
  system.set(PDFName.of("Ordering"), PDFString.of("Identity"));
  descendant.set(PDFName.of("CIDSystemInfo"), system);
  const font = context.obj({
    Type: "Font",
    Subtype: "Type0",
    BaseFont: name,
    Encoding: "Identity-H",
    ToUnicode: context.register(deflated(context, Buffer.from(codes.toUnicode(), "latin1"))),
  });
  font.set(PDFName.of("DescendantFonts"), context.obj([context.register(descendant)]));
  context.assign(ref, font);
}
