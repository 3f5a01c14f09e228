// How tall the letters of a page are, measured without recognising any: ink in narrow upright strips comes in runs of rows, one a
// line of text. What is larger than the engine needs costs time and brings nothing.
import { oncePer } from "./once-per.ts";
import { greyCounts, quantile, type Raster } from "./raster.ts";

/** Strips a page is cut into: each holds a few letters of a line, so that a page that is a little askew still shows its lines. */
const strips = 24;
/** Runs of rows that can be letters, px. Less is dust and rules, more is pictures. */
const leastPx = { usual: 6, small: 4 };
const mostPx = 160;
/**
 * Pictures with sides below this, px, are cut out of a page, or a page at under 90 dpi. Where nothing taller is on them, their letters
 * are no taller than dust is on a scan.
 */
const smallPicture = 1000;
/** Fewer runs than this tell nothing. */
const enoughRuns = 40;
/** Ink is darker than this share of the way from the darkest to the lightest common grey. */
const inkShare = 0.55;

/** From the top to the bottom of the letters, px of the raster: of the quarter with the smallest text, and of the middle. */
export type TextHeight = { small: number; middle: number };

/** How tall the text is; undefined when there is too little to tell. */
export const textHeight = oncePer((raster: Raster): TextHeight | undefined => {
  const usual = heightFrom(raster, leastPx.usual);
  if (usual !== undefined || Math.max(raster.width, raster.height) >= smallPicture) return usual;
  return heightFrom(raster, leastPx.small);
});

/** Runs shorter than `least` px are not counted. */
function heightFrom({ width, height, grey }: Raster, least: number): TextHeight | undefined {
  const ink = inkThreshold(grey);
  const stripWidth = Math.ceil(width / strips);
  const runs: number[] = [];
  for (let left = 0; left < width; left += stripWidth) {
    const right = Math.min(width, left + stripWidth);
    let run = 0;
    for (let row = 0; row <= height; row++) {
      if (row < height && hasInk(grey, row * width + left, row * width + right, ink)) run++;
      else {
        if (run >= least && run <= mostPx) runs.push(run);
        run = 0;
      }
    }
  }
  if (runs.length < enoughRuns) return undefined;
  runs.sort((a, b) => a - b);
  const at = (share: number) => runs[Math.floor(runs.length * share)] ?? least;
  return { small: at(0.25), middle: at(0.5) };
}

/** Two dark pixels in a row of a strip are ink, one is dust. */
function hasInk(grey: Uint8Array, from: number, to: number, ink: number): boolean {
  let dark = 0;
  for (let at = from; at < to; at++) {
    if ((grey[at] ?? 255) < ink && ++dark === 2) return true;
  }
  return false;
}

/** Between the darkest and the lightest hundredth of the page. */
function inkThreshold(grey: Uint8Array): number {
  const counts = greyCounts(grey);
  const share = grey.length / 100;
  const dark = quantile(counts, share);
  const light = quantile(counts, grey.length - share);
  return dark + (light - dark) * inkShare;
}
