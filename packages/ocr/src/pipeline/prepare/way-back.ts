// From a place on the raster that was read to the same place on the page as displayed.
import type { Rotation } from "@legible/shared/document";
import type { Raster } from "../raster.ts";
import type { PlaceBack } from "./placed-blocks.ts";
import type { Straightened } from "./turn-raster.ts";

type Size = { width: number; height: number };

/**
 * The way from the level raster, which was turned by `rotation`, to `raster` turned alike. `sheet`: the flat sheet that was turned, when
 * `raster` is a photo of one.
 */
export function wayBack(
  level: Straightened,
  rotation: Rotation,
  sheet: Straightened | undefined,
  raster: Raster,
): PlaceBack {
  if (sheet === undefined) return level.back;
  return (x, y) => {
    const [onSheetX, onSheetY] = unturned(level.back(x, y), rotation, sheet.raster);
    return turned(sheet.back(onSheetX, onSheetY), rotation, raster);
  };
}

/** Where a place of a picture of that size lies once the picture is turned clockwise. */
function turned([x, y]: readonly [number, number], rotation: Rotation, { width, height }: Size): [number, number] {
  if (rotation === 90) return [height - y, x];
  if (rotation === 180) return [width - x, height - y];
  return rotation === 270 ? [y, width - x] : [x, y];
}

/** The way back: `size` is that of the picture before it was turned. */
function unturned([x, y]: readonly [number, number], rotation: Rotation, { width, height }: Size): [number, number] {
  if (rotation === 90) return [y, height - x];
  if (rotation === 180) return [width - x, height - y];
  return rotation === 270 ? [width - y, x] : [x, y];
}
