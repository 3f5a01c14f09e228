// What a process does before its first page, so that the first document finds it as fast as the second.
import type { Engine } from "./engine/engine.ts";
import { loadPdfium } from "./pdf/pdfium.ts";
import { recogniser } from "./prepare/recogniser.ts";
import type { Raster } from "./raster.ts";

/** A picture like lines of print, px: enough for V8 to compile the engine's inner loops for speed. */
const size = { width: 1200, height: 400 };
const line = { top: 40, step: 60, height: 24 };
const stroke = { step: 9, width: 4 };

/** Loads the PDF reader, the writers of results and the engine with `languages`. @throws FailureError as the engine does */
export async function warmUp(engine: Engine, languages: readonly string[], signal: AbortSignal): Promise<void> {
  await loadPdfium();
  await import("../render/assemble.ts");
  // The way a page goes, so that the models which stay loaded are those that a page begins with.
  await recogniser(engine, { languages, dpi: undefined }, signal).recognise(strokes());
}

function strokes(): Raster {
  const { width, height } = size;
  const grey = new Uint8Array(width * height).fill(255);
  for (let top = line.top; top + line.height < height; top += line.step) {
    for (let left = line.top; left + stroke.width < width - line.top; left += stroke.step) {
      for (let y = top; y < top + line.height; y++) grey.fill(0, y * width + left, y * width + left + stroke.width);
    }
  }
  return { width, height, grey };
}
