// Recognition as the stages before it want it: any raster of the page in, boxes in that raster's own pixels out.

import { autoLanguage } from "@legible/shared/auto-language";
import type { Box } from "@legible/shared/document";
import type { Engine } from "../engine/engine.ts";
import { placedParagraph } from "../engine/placed-paragraph.ts";
import { fitText } from "../fit-text.ts";
import type { Raster } from "../raster.ts";
import { type Detected, detectLanguages } from "../script/detect-languages.ts";
import { recogniseScripts } from "../script/recognise-scripts.ts";
import type { Recognise } from "./read-upright.ts";

export type Recogniser = {
  recognise: Recognise;
  /** Time inside the engine so far, ms. */
  engineMs(): number;
  /** The languages asked for; where they were to be found out, those that the page was last read with. */
  languages(): string[];
};

/** `dpi`: pixels per inch of the rasters; undefined when the page does not say. */
export function recogniser(
  engine: Engine,
  { languages, dpi }: { languages: readonly string[]; dpi: number | undefined },
  signal: AbortSignal,
): Recogniser {
  let spent = 0;
  let detected: Detected | undefined;

  async function languagesOf(raster: Raster): Promise<readonly string[]> {
    if (!languages.includes(autoLanguage)) return languages;
    if (detected?.sure === true) return detected.languages;
    // Unsure: asked again of the next raster, which may be the page turned upright.
    const found = await detectLanguages(engine, raster, signal);
    if (detected === undefined || found.sure || found.confidence > detected.confidence) detected = found;
    return detected.languages;
  }

  return {
    engineMs: () => Math.round(spent),
    languages: () => [...(languages.includes(autoLanguage) ? (detected?.languages ?? []) : languages)],
    async recognise(raster, segmentation) {
      const began = performance.now();
      const chosen = await languagesOf(raster);
      spent += performance.now() - began;
      const fitted = await fitText(raster, chosen);
      const scaleX = raster.width / fitted.width;
      const scaleY = raster.height / fitted.height;
      const started = performance.now();
      const fittedDpi = dpi === undefined ? undefined : dpi / scaleX;
      const paragraphs = await recogniseScripts(
        engine,
        fitted,
        { languages: chosen, dpi: fittedDpi, ...(segmentation === undefined ? {} : { segmentation }) },
        signal,
      );
      spent += performance.now() - started;
      if (fitted === raster) return paragraphs;
      const back = ([x0, y0, x1, y1]: Box): Box => [x0 * scaleX, y0 * scaleY, x1 * scaleX, y1 * scaleY];
      return paragraphs.map((paragraph) => placedParagraph(paragraph, back));
    },
  };
}
