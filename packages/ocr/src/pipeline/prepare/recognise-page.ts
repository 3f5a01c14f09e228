// One page through the engine. Left to find columns and pictures itself the engine reads pages of any make-up, but on a nearly empty
// one it may take the few words for dirt: then it is told that the page is one block of text.
import type { Engine, RecognisedParagraph, RecogniseOptions } from "../engine/engine.ts";
import type { Raster } from "../raster.ts";

/** The words of the whole of `raster`. @throws FailureError as the engine does; the signal's reason */
export async function recognisePage(
  engine: Engine,
  raster: Raster,
  options: RecogniseOptions,
  signal: AbortSignal,
): Promise<RecognisedParagraph[]> {
  if (options.segmentation === "block") return await engine.recognise(raster, options, signal);
  const found = await engine.recognise(raster, { ...options, segmentation: "page" }, signal);
  return found.length > 0 ? found : await engine.recognise(raster, options, signal);
}
