import { beforeAll, describe, expect, test } from "vitest";
import { withoutDarkAreas } from "../src/pipeline/prepare/dark-areas.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { makePage } from "./make-page.ts";

let page: Raster;
beforeAll(async () => {
  page = await makePage();
});

type Box = [left: number, top: number, right: number, bottom: number];

/** The page with the box as its negative, from black to `light`. */
function negative(raster: Raster, [left, top, right, bottom]: Box, ground = 0): Raster {
  const grey = raster.grey.map((value, at) => {
    const x = at % raster.width;
    const y = Math.floor(at / raster.width);
    return x < left || x >= right || y < top || y >= bottom ? value : ground + ((255 - value) * (255 - ground)) / 255;
  });
  return { ...raster, grey };
}

/** Share of pixels that are on the same side of the middle in both. */
const sameness = (a: Raster, b: Raster) =>
  a.grey.reduce((count, value, at) => count + (value > 128 === (b.grey[at] ?? 0) > 128 ? 1 : 0), 0) / a.grey.length;

describe("areas printed light on dark", () => {
  test("a page without any is passed through untouched, large bold letters too", () => {
    expect(withoutDarkAreas(page) === page).toBe(true);
    const { width, height, grey } = page;
    // The middle of the page, three times as large.
    const third = { x: Math.floor(width / 3), y: Math.floor(height / 3) };
    const large = grey.map((_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      return grey[(third.y + Math.floor(y / 3)) * width + third.x + Math.floor(x / 3)] ?? 255;
    });
    const title = { width, height, grey: large };
    expect(withoutDarkAreas(title) === title).toBe(true);
  });

  test("become dark on light, on black and on dark grey", () => {
    for (const ground of [0, 70]) {
      const head = negative(page, [60, 90, page.width - 100, 330], ground);
      expect(sameness(head, page)).toBeLessThan(0.85);
      expect(sameness(withoutDarkAreas(head), page)).toBeGreaterThan(0.985);
    }
  });

  test("and what is dark on light inside them stays so", () => {
    const slide = negative(negative(page, [40, 60, page.width - 40, 1000]), [80, 470, page.width - 80, 646]);
    expect(sameness(withoutDarkAreas(slide), page)).toBeGreaterThan(0.96);
  });

  test("a black bar becomes paper, a frame around the page stays", () => {
    const bar = { ...page, grey: page.grey.map((value, at) => (at < page.width * 60 ? 0 : value)) };
    expect(sameness(withoutDarkAreas(bar), page)).toBeGreaterThan(0.99);
    const frame = negative(page, [0, 0, page.width, page.height]);
    const framed = negative(frame, [40, 40, page.width - 40, page.height - 40]);
    expect(sameness(withoutDarkAreas(framed), framed)).toBe(1);
  });

  test("the caller's pixels are not changed", () => {
    const head = negative(page, [60, 90, page.width - 100, 330]);
    const before = head.grey.slice();
    withoutDarkAreas(head);
    expect(head.grey.every((value, at) => value === before[at])).toBe(true);
  });
});
