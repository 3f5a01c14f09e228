// The part of a page that tells most about its text: a square is the same shape whichever way it is turned.
import { cropped, type Raster } from "../raster.ts";
import type { Edges } from "./edges.ts";

/** Cells of the grid that the ends of ink are counted in, px of the reduced picture. */
const cell = 16;
/** Side of the square as a share of the shorter side of the page, and its bounds, px: some ten lines of a few words. */
const sideShare = 0.4;
const sideBounds = [500, 1000] as const;

/** Rules and pictures spoil a sample: engines read little inside a grid. So many letters make up for the same length of rules. */
const ruleWeight = 2;

/** A copy of the square of `raster` with the most ends of ink; the whole raster when it is not larger. */
export function sampleSquare(raster: Raster, edges: Edges): Raster {
  const wanted = Math.round(Math.min(raster.width, raster.height) * sideShare);
  const side = Math.min(sideBounds[1], Math.max(sideBounds[0], wanted));
  const width = Math.min(raster.width, side);
  const height = Math.min(raster.height, side);
  if (width === raster.width && height === raster.height) return raster;
  const { left, top } = densest(edges, width / edges.factor, height / edges.factor);
  const x = Math.min(raster.width - width, left * edges.factor);
  const y = Math.min(raster.height - height, top * edges.factor);
  return cropped(raster, [x, y, x + width, y + height]);
}

/** Where the window of that size with the most ends of ink is, px of the reduced picture. */
function densest(edges: Edges, width: number, height: number): { left: number; top: number } {
  const columns = Math.ceil(edges.width / cell);
  const rows = Math.ceil(edges.height / cell);
  // sums[row][column]: points above and to the left.
  const sums = new Float64Array((columns + 1) * (rows + 1));
  for (const points of [edges.across, edges.down, ...edges.rules]) {
    const { x, y } = points;
    const weight = edges.rules.includes(points) ? -ruleWeight : 1;
    for (let index = 0; index < x.length; index++) {
      const column = Math.floor((x[index] ?? 0) / cell);
      const at = (Math.floor((y[index] ?? 0) / cell) + 1) * (columns + 1) + Math.min(columns - 1, column) + 1;
      sums[at] = (sums[at] ?? 0) + weight;
    }
  }
  const sum = (row: number, column: number) => sums[row * (columns + 1) + column] ?? 0;
  for (let row = 1; row <= rows; row++) {
    for (let column = 1; column <= columns; column++) {
      sums[row * (columns + 1) + column] =
        sum(row, column) + sum(row - 1, column) + sum(row, column - 1) - sum(row - 1, column - 1);
    }
  }
  const across = Math.min(columns, Math.max(1, Math.floor(width / cell)));
  const down = Math.min(rows, Math.max(1, Math.floor(height / cell)));
  let best = { left: 0, top: 0, count: Number.NEGATIVE_INFINITY };
  for (let top = 0; top + down <= rows; top++) {
    for (let left = 0; left + across <= columns; left++) {
      const count = sum(top + down, left + across) - sum(top, left + across) - sum(top + down, left) + sum(top, left);
      if (count > best.count) best = { left: left * cell, top: top * cell, count };
    }
  }
  return best;
}
