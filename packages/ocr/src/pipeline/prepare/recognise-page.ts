// One page through the engine. Left to find columns and pictures itself the engine reads pages of any make-up, but on a nearly empty
// one it may take the few words for dirt: then it is told that the page is one block of text. What else it took for dirt is read apart,
// and so are points that it missed.
import type { Engine, RecognisedParagraph, RecogniseOptions } from "../engine/engine.ts";
import type { Raster } from "../raster.ts";
import { withMissed } from "./read-missed.ts";
import { withPoints } from "./read-points.ts";

/** The words of the whole of `raster`. @throws FailureError as the engine does; the signal's reason */
export async function recognisePage(
  engine: Engine,
  raster: Raster,
  options: RecogniseOptions,
  signal: AbortSignal,
): Promise<RecognisedParagraph[]> {
  const again = (sheet: Raster) => engine.recognise(sheet, { ...options, segmentation: "block" }, signal);
  if (options.segmentation === "block") return await withPoints(await again(raster), raster, again);
  const found = await engine.recognise(raster, { ...options, segmentation: "page" }, signal);
  if (found.length === 0) return await engine.recognise(raster, options, signal);
  if (options.lines === "down") return found;
  return await withPoints(await withMissed(found, raster, again), raster, again);
}
