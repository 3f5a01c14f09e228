// Recognition as the stages before it want it: any raster of the page in, boxes in that raster's own pixels out.
import type { Box } from "@legible/shared/document";
import type { Engine, RecognisedParagraph } from "../engine/engine.ts";
import { fitText } from "../fit-text.ts";
import { recogniseScripts } from "../script/recognise-scripts.ts";
import type { Recognise } from "./read-upright.ts";

export type Recogniser = {
  recognise: Recognise;
  /** Time inside the engine so far, ms. */
  engineMs(): number;
};

/** `dpi`: pixels per inch of the rasters; undefined when the page does not say. */
export function recogniser(
  engine: Engine,
  { languages, dpi }: { languages: readonly string[]; dpi: number | undefined },
  signal: AbortSignal,
): Recogniser {
  let spent = 0;
  return {
    engineMs: () => Math.round(spent),
    async recognise(raster) {
      const fitted = await fitText(raster, languages);
      const scaleX = raster.width / fitted.width;
      const scaleY = raster.height / fitted.height;
      const started = performance.now();
      const fittedDpi = dpi === undefined ? undefined : dpi / scaleX;
      const paragraphs = await recogniseScripts(engine, fitted, { languages, dpi: fittedDpi }, signal);
      spent += performance.now() - started;
      return fitted === raster ? paragraphs : paragraphs.map((paragraph) => scaled(paragraph, scaleX, scaleY));
    },
  };
}

function scaled({ lines }: RecognisedParagraph, scaleX: number, scaleY: number): RecognisedParagraph {
  const scale = ([x0, y0, x1, y1]: Box): Box => [x0 * scaleX, y0 * scaleY, x1 * scaleX, y1 * scaleY];
  return {
    lines: lines.map((line) => ({
      ...line,
      bbox: scale(line.bbox),
      baseline: scale(line.baseline),
      words: line.words.map((word) => ({ ...word, bbox: scale(word.bbox) })),
    })),
  };
}
