// Print that only its colour tells from the paper becomes dark on light. Everything else stays as it is in grey, to the byte.
import type { Raster } from "../raster.ts";
import { type ColouredTiles, type ColourRaster, colourSide, greyOf, lightPaper } from "./coloured-tiles.ts";

/** `raster` and `colour` are the same picture, of the same size. */
export function showColouredPrint(
  raster: Raster,
  colour: ColourRaster,
  { side, columns, tiles }: ColouredTiles,
): Raster {
  const { width, height } = raster;
  const grey = raster.grey.slice();
  const step = side * width;
  const edge = (index: number) => Math.round(index * step);
  const { channels } = colour;
  for (const [index, tile] of tiles.entries()) {
    if (tile === undefined) continue;
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const [red, green, blue] = tile.paper;
    const light = greyOf(tile.paper);
    const paper = light < lightPaper ? 255 : light;
    for (let y = edge(row); y < Math.min(height, edge(row + 1)); y++) {
      for (let x = edge(column); x < Math.min(width, edge(column + 1)); x++) {
        const at = (y * width + x) * channels;
        const most = Math.max(
          Math.abs((colour.data[at] ?? 0) - red),
          Math.abs((colour.data[at + 1] ?? 0) - green),
          Math.abs((colour.data[at + 2] ?? 0) - blue),
        );
        grey[y * width + x] = Math.round(paper * (1 - Math.min(1, most / tile.ink)));
      }
    }
  }
  return { width, height, grey };
}

/** The picture with fewer pixels, as `findColouredTiles` wants it: every so many-th of every so many-th row. */
export function thinned(colour: ColourRaster): ColourRaster {
  const { channels, data } = colour;
  const step = Math.max(1, Math.ceil(Math.max(colour.width, colour.height) / colourSide));
  const width = Math.max(1, Math.floor(colour.width / step));
  const height = Math.max(1, Math.floor(colour.height / step));
  const small = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * step * colour.width + x * step) * channels;
      for (let channel = 0; channel < channels; channel++)
        small[(y * width + x) * channels + channel] = data[from + channel] ?? 0;
    }
  }
  return { width, height, channels, data: small };
}
