// The raster of one page, made before it is read: while the engine's thread recognises a page, the main thread is free for the next one.
import { createHash } from "node:crypto";
import type { Engine } from "./engine/engine.ts";
import type { OpenFile } from "./open-file.ts";
import { type PagePixels, pagePixels } from "./page-pixels.ts";
import { isTrap } from "./pdf/pdfium.ts";

export type PixelsAhead = {
  /** The page's pixels, kept for `take`. */
  look(file: OpenFile, index: number): Promise<PagePixels>;
  /** The page's pixels, which are then forgotten: 9 MB for an A4 page. */
  take(file: OpenFile, index: number): Promise<PagePixels>;
  /** `engine`, making the pixels of page `index` as soon as it is at work. */
  during(engine: Engine, file: OpenFile, index: number): Engine;
  /** A page made ahead broke its decoder, so the process is not to be used again. */
  broken(): boolean;
};

/** Nothing is kept yet. */
export function pixelsAhead(): PixelsAhead {
  let held: { file: OpenFile; index: number; pixels: Promise<PagePixels> } | undefined;
  let broken = false;

  function look(file: OpenFile, index: number): Promise<PagePixels> {
    if (held?.file === file && held.index === index) return held.pixels;
    const pixels = pagePixels(file, index);
    const making = { file, index, pixels };
    held = making;
    // A failure is not kept: another try may end differently. Who asked learns of it.
    pixels.catch(() => {
      if (held === making) held = undefined;
    });
    return pixels;
  }

  return {
    look,
    take(file, index) {
      const pixels = look(file, index);
      held = undefined;
      return pixels;
    },
    during(engine, file, index) {
      let begun = false;
      const make = () => {
        // The page fails by itself when its turn comes; a trap leaves nothing that could read it.
        look(file, index).catch((error: unknown) => {
          broken ||= isTrap(error);
        });
      };
      return {
        ...engine,
        recognise(...call) {
          const reading = engine.recognise(...call);
          if (!begun) setImmediate(make);
          begun = true;
          return reading;
        },
      };
    },
    broken: () => broken,
  };
}

/** A name for what is seen on a page: read alike, pages of one name give the same words in the same places. SHA-256, hexadecimal. */
export function pixelsName({ width, height, dpi, dpiKnown, raster }: PagePixels): string {
  const frame = [width, height, dpi, dpiKnown, raster.width, raster.height];
  return createHash("sha256").update(JSON.stringify(frame)).update(raster.grey).digest("hex");
}
