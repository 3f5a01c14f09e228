// The largest smooth shapes of a picture: paper, once its print is closed.
import type { Raster } from "../raster.ts";
import { connectedShapes, eachBeside } from "./connected-shapes.ts";

/** Half the width of gaps in a shape that are closed, px: the strip of paper beside a picture, where a fold crosses it. */
const gap = 2;

/** Shapes that are looked at: the sheet, and the table when more is seen of it. */
const mostShapes = 2;

/** Pixels that belong to a shape are 1. */
export type Region = { width: number; height: number; inside: Uint8Array; area: number };

/** Dark spots up to twice `radius` px wide take the brightness around them: print disappears, the edge of the paper stays. */
export function withoutPrint(raster: Raster, radius: number): Raster {
  return spread(spread(raster, radius, Math.max), radius, Math.min);
}

/**
 * The largest connected shapes without a step in brightness of more than `step` levels, their holes and gaps filled: paper is smooth,
 * also in uneven light, and ends in a step; so does the table that it lies on.
 */
export function smoothRegions(raster: Raster, step: number): Region[] {
  return largest(smooth(raster, step), raster.width, raster.height).map((shape) => filled(shape));
}

/** The shape without holes, and without gaps up to four pixels wide, which make a hole a bay. */
function filled(shape: Raster): Region {
  // One pixel more is added than taken away: the step itself lies half on the paper.
  const closed = withoutHoles(spread(shape, gap + 1, Math.max));
  const inside = spread({ ...shape, grey: closed }, gap, Math.min).grey;
  let area = 0;
  for (const value of inside) area += value;
  return { width: shape.width, height: shape.height, inside, area };
}

/** 1 where the neighbours to both sides, and above and below, differ by at most `step`. */
function smooth({ width, height, grey }: Raster, step: number): Uint8Array {
  const inside = new Uint8Array(grey.length);
  for (let row = 0, at = 0; row < height; row++) {
    const above = row === 0 ? 0 : -width;
    const below = row === height - 1 ? 0 : width;
    for (let column = 0; column < width; column++, at++) {
      const before = column === 0 ? 0 : -1;
      const after = column === width - 1 ? 0 : 1;
      const across = Math.abs((grey[at + after] ?? 0) - (grey[at + before] ?? 0));
      const down = Math.abs((grey[at + below] ?? 0) - (grey[at + above] ?? 0));
      inside[at] = across <= step && down <= step ? 1 : 0;
    }
  }
  return inside;
}

/** 0 for what is reached from the rim over zeros, else 1. */
export function withoutHoles({ width, height, grey }: Raster): Uint8Array {
  const filled = new Uint8Array(grey.length).fill(1);
  const queue: number[] = [];
  const visit = (at: number) => {
    if (grey[at] !== 0 || filled[at] === 0) return;
    filled[at] = 0;
    queue.push(at);
  };
  for (let x = 0; x < width; x++) {
    visit(x);
    visit((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    visit(y * width);
    visit(y * width + width - 1);
  }
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) eachBeside(at, width, height, visit);
  return filled;
}

/** The largest connected shapes of ones. */
function largest(ones: Uint8Array, width: number, height: number): Raster[] {
  const { labels, shapes } = connectedShapes(ones, width, height);
  const chosen = shapes.sort((a, b) => b.size - a.size).slice(0, mostShapes);
  return chosen.map(({ label }) => ({ width, height, grey: ones.map((_, at) => (labels[at] === label ? 1 : 0)) }));
}

/** Each pixel takes the chosen value of the square around it: rows first, then columns. */
export function spread(
  { width, height, grey }: Raster,
  radius: number,
  choose: (a: number, b: number) => number,
): Raster {
  const pass = (from: Uint8Array, lines: number, length: number, along: number, next: number) => {
    const to = new Uint8Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let at = 0; at < length; at++) {
        let value = from[line * next + at * along] ?? 0;
        const end = Math.min(length - 1, at + radius);
        for (let near = Math.max(0, at - radius); near <= end; near++)
          value = choose(value, from[line * next + near * along] ?? 0);
        to[line * next + at * along] = value;
      }
    }
    return to;
  };
  return { width, height, grey: pass(pass(grey, height, width, 1, width), width, height, width, 1) };
}
