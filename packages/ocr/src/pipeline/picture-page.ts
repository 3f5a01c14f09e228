// A page that was recognised: the engine's lines, measured on the picture they were read from, become blocks.
import type { RecognisedParagraph } from "./engine/engine.ts";
import { withDropCaps } from "./layout/drop-caps.ts";
import { layOutDown } from "./layout/lay-out-down.ts";
import { noRules, type PageRules } from "./layout/page-rules.ts";
import { measureLines } from "./layout/picture-lines.ts";
import { readingRegions } from "./layout/reading-order.ts";
import { structureRegions } from "./layout/structure.ts";
import type { DraftBlock } from "./page-tree.ts";
import type { Raster } from "./raster.ts";

/** The blocks of the page, in order. Boxes and `rules` are in pixels of `raster`. */
export function layOutPicture(
  paragraphs: readonly RecognisedParagraph[],
  raster: Raster,
  rules: PageRules = noRules,
): DraftBlock[] {
  const read = paragraphs.flatMap((paragraph) => paragraph.lines);
  if (read.some((line) => line.down === true)) return layOutDown(read);
  const lines = withDropCaps(measureLines(read, undefined));
  const regions = readingRegions(lines, rules);
  // Measured again: a line over two columns may be half a heading.
  const measured = measureLines(regions.flat(), raster);
  const starts = regions.map((_, index) => regions.slice(0, index).flat().length);
  return structureRegions(
    regions.map((region, index) => measured.slice(starts[index], (starts[index] ?? 0) + region.length)),
    true,
    { rules },
  );
}
