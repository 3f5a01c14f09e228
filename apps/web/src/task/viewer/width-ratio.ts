// How far a word has to be stretched so that its letters lie on those in the picture.

/** Size at which words are measured, px: large enough for fractions not to matter. */
const measuredAt = 100;
const known = new Map<string, number>();
/** Widths kept: some hundred pages of different words. */
const maxKnown = 50_000;
let context: CanvasRenderingContext2D | null | undefined;

/** Width wanted by width set, for `text` in sans-serif of size `size`, both in one unit. */
export function widthRatio(text: string, width: number, size: number): number {
  const natural = (widthOf(text) / measuredAt) * size;
  return natural > 0 ? width / natural : 1;
}

function widthOf(text: string): number {
  const held = known.get(text);
  if (held !== undefined) return held;
  if (context === undefined) {
    context = document.createElement("canvas").getContext("2d");
    if (context !== null) context.font = `${measuredAt}px sans-serif`;
  }
  const width = context?.measureText(text).width ?? 0;
  if (known.size >= maxKnown) known.clear();
  known.set(text, width);
  return width;
}
