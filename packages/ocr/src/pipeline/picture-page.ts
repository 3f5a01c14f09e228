// A page that was recognised: the engine's lines, measured on the picture they were read from, become blocks.
import type { RecognisedParagraph } from "./engine/engine.ts";
import { measureLines } from "./layout/picture-lines.ts";
import { structure } from "./layout/structure.ts";
import type { DraftBlock } from "./page-tree.ts";
import type { Raster } from "./raster.ts";

/** The blocks of the page, in order. Boxes are in pixels of `raster`. */
export function layOutPicture(paragraphs: readonly RecognisedParagraph[], raster: Raster): DraftBlock[] {
  return structure(
    measureLines(
      paragraphs.flatMap(({ lines }) => lines),
      raster,
    ),
    true,
  );
}
