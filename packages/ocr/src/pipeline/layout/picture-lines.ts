// Lines that an engine read from a picture, with what can be measured about their type: size from the boxes, weight from the strokes.
import type { RecognisedLine } from "../engine/engine.ts";
import type { Raster } from "../raster.ts";
import { type LayoutLine, lineLength, weightedMedian } from "./layout-line.ts";
import { letterSize } from "./letter-size.ts";
import { strokeWidth } from "./stroke-width.ts";

/** Strokes thicker than the page's usual ones by this share are bold: bold faces have 1.4 to 1.7 times the stem of regular ones. */
const boldScale = 1.28;
/** Shorter lines have too few strokes to tell, characters. */
const fewestCharacters = 2;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Without `raster` no line is bold. */
export function measureLines(lines: readonly RecognisedLine[], raster: Raster | undefined): LayoutLine[] {
  const measured = lines.map((line) => {
    const size = letterSize(line);
    const strokes = raster === undefined || size === 0 ? 0 : strokeWidth(raster, line.bbox) / size;
    const script = line.words.some((word) => cjk.test(word.text)) ? "cjk" : "other";
    return { line, size, strokes, script };
  });
  // Chinese strokes are thinner than Latin stems of the same size, so each script is compared with itself.
  const usual = new Map(
    ["cjk", "other"].map((script) => {
      const same = measured.filter((one) => one.script === script && one.strokes > 0);
      return [script, weightedMedian(same.map(({ line, strokes }) => [strokes, lineLength(line)]))] as const;
    }),
  );
  return measured.map(({ line, size, strokes, script }) => ({
    ...line,
    size,
    bold:
      lineLength(line) >= fewestCharacters &&
      strokes > boldScale * (usual.get(script) ?? 0) &&
      (usual.get(script) ?? 0) > 0,
  }));
}
