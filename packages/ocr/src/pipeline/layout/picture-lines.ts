// Lines that an engine read from a picture, with what can be measured about their type: size from the boxes, weight from the strokes.
import { squareLetter } from "../cjk.ts";
import type { RecognisedLine } from "../engine/engine.ts";
import type { Raster } from "../raster.ts";
import { type LayoutLine, lineLength, weightedMedian } from "./layout-line.ts";
import { isSizeSure, letterSize } from "./letter-size.ts";
import { strokeWidth } from "./stroke-width.ts";

/** Strokes thicker than the page's usual ones by this share are bold: bold faces have 1.4 to 1.7 times the stem of regular ones. */
const boldScale = 1.28;
/** Shorter lines have too few strokes to tell, characters. */
const fewestCharacters = 2;

/** Lines of so much of the usual height are of the usual size, when nothing better tells: boxes of Chinese lines vary that much. */
const usualHeight = 1.35;

/** Without `raster` no line is bold. */
export function measureLines(lines: readonly RecognisedLine[], raster: Raster | undefined): LayoutLine[] {
  const measured = lines.map((line) => {
    const size = letterSize(line);
    const sure = isSizeSure(line);
    const strokes = raster === undefined || size === 0 || !sure ? 0 : strokeWidth(raster, line.bbox) / size;
    const script = line.words.some((word) => squareLetter.test(word.text)) ? "cjk" : "other";
    return { line, size, sure, strokes, script };
  });
  // Chinese strokes are thinner than Latin stems of the same size, so each script is compared with itself.
  const usual = new Map(
    ["cjk", "other"].map((script) => {
      const same = measured.filter((one) => one.script === script && one.sure);
      const median = (value: (one: (typeof measured)[number]) => number) =>
        weightedMedian(same.filter((one) => value(one) > 0).map((one) => [value(one), lineLength(one.line)]));
      return [
        script,
        {
          strokes: median((one) => one.strokes),
          size: median((one) => one.size),
          height: median(({ line }) => heightOf(line)),
        },
      ] as const;
    }),
  );
  return measured.map(({ line, size, sure, strokes, script }) => {
    const same = usual.get(script) ?? { strokes: 0, size: 0, height: 0 };
    const ratio = same.height === 0 ? 0 : heightOf(line) / same.height;
    const guessed = ratio === 0 ? size : ratio < usualHeight ? same.size : same.size * ratio;
    return {
      ...line,
      size: sure ? size : guessed,
      bold: lineLength(line) >= fewestCharacters && same.strokes > 0 && strokes > boldScale * same.strokes,
    };
  });
}

function heightOf({ bbox }: RecognisedLine): number {
  return bbox[3] - bbox[1];
}
