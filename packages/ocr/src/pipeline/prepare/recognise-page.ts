// One page through the engine. Left to find columns and pictures itself the engine reads pages of any make-up, but on a nearly empty
// one it may take the few words for dirt: then it is told that the page is one block of text. What else it took for dirt is read apart.
import type { Engine, RecognisedParagraph, RecogniseOptions } from "../engine/engine.ts";
import type { Raster } from "../raster.ts";
import { withMissed } from "./read-missed.ts";

/** The words of the whole of `raster`. @throws FailureError as the engine does; the signal's reason */
export async function recognisePage(
  engine: Engine,
  raster: Raster,
  options: RecogniseOptions,
  signal: AbortSignal,
): Promise<RecognisedParagraph[]> {
  if (options.segmentation === "block") return await engine.recognise(raster, options, signal);
  const found = await engine.recognise(raster, { ...options, segmentation: "page" }, signal);
  if (found.length === 0) return await engine.recognise(raster, options, signal);
  if (options.lines === "down") return found;
  return await withMissed(found, raster, (sheet) => engine.recognise(sheet, options, signal));
}
