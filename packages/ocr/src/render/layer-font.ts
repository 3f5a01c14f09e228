// The text layer's font in one document: handed to pages while they are laid, written when all are.
import type { PDFContext, PDFRef } from "pdf-lib";
import { writeGlyphlessFont } from "./glyphless-font.ts";
import { createLayerCodes, type LayerCodes } from "./layer-codes.ts";

export type LayerFont = {
  codes: LayerCodes;
  /** The font's reference; asking for it makes the font part of the document. */
  use(): PDFRef;
  /** Writes the font if a page uses it. */
  finish(): void;
};

export function createLayerFont(context: PDFContext): LayerFont {
  const codes = createLayerCodes();
  let ref: PDFRef | undefined;
  return {
    codes,
    use: () => {
      ref ??= context.nextRef();
      return ref;
    },
    finish: () => {
      if (ref !== undefined) writeGlyphlessFont(context, ref, codes);
    },
  };
}
