import { beforeAll, describe, expect, test } from "vitest";
import { evenPaper } from "../src/pipeline/prepare/even-paper.ts";
import { withoutSpeckles } from "../src/pipeline/prepare/speckles.ts";
import { quarterTurned } from "../src/pipeline/prepare/turn-raster.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { makePage } from "./make-page.ts";

let page: Raster;
beforeAll(async () => {
  page = await makePage();
});

const changed = ({ width, height, grey }: Raster, change: (value: number, x: number, y: number) => number): Raster => ({
  width,
  height,
  grey: grey.map((value, at) => change(value, at % width, Math.floor(at / width))),
});

/** Grey that a share of the pixels is darker than. */
const darkerThan = ({ grey }: Raster, limit: number) =>
  grey.reduce((count, value) => count + (value < limit ? 1 : 0), 0);

describe("even paper", () => {
  test("a clean page is passed through untouched", () => {
    expect(evenPaper(page) === page).toBe(true);
  });

  test("so are tinted paper, a page with a picture and a shaded box", () => {
    const tinted = changed(page, (value) => value * 0.75);
    expect(evenPaper(tinted) === tinted).toBe(true);
    const pictured = changed(page, (value, x, y) => (x < 700 && y < 500 ? 40 + ((x * 7 + y * 13) % 160) : value));
    expect(evenPaper(pictured) === pictured).toBe(true);
    const shaded = changed(page, (value, _, y) => (y > 750 ? value * 0.85 : value));
    expect(evenPaper(shaded) === shaded).toBe(true);
  });

  test("a shadow goes, and the letters in it stay as they are", () => {
    // From full light at the left to two fifths of it at the right.
    const shadow = changed(page, (value, x) => value * (1 - (0.6 * x) / page.width));
    const even = evenPaper(shadow);
    expect(even === shadow).toBe(false);
    expect(darkerThan(shadow, 160)).toBeGreaterThan(2 * darkerThan(page, 160));
    expect(Math.abs(darkerThan(even, 125) / darkerThan(page, 128) - 1)).toBeLessThan(0.05);
  });

  test("what is much darker than the paper stays dark: a picture under a shadow is no paper", () => {
    const shadow = changed(page, (value, x, y) =>
      x > 200 && x < 700 && y < 400 ? 30 : value * (1 - (0.5 * y) / page.height),
    );
    const even = evenPaper(shadow);
    expect(even.grey[200 * page.width + 450]).toBeLessThan(60);
  });
});

describe("speckles", () => {
  /** Every `every`-th pixel or so becomes `value`. */
  const speckled = (raster: Raster, every: number, value: number) => {
    const grey = raster.grey.slice();
    for (let at = every, step = 0; at < grey.length; at += every + (step++ % 7)) grey[at] = value;
    return { ...raster, grey };
  };

  test("a clean page is passed through untouched; a single speck and a screen of dots stay", () => {
    expect(withoutSpeckles(page) === page).toBe(true);
    const screened = changed(page, (value, x, y) => (x < 500 && y < 300 && x % 4 === 0 && y % 4 === 0 ? 0 : value));
    expect(withoutSpeckles(screened) === screened).toBe(true);
    const single = speckled(page, 700_000, 0);
    expect(withoutSpeckles(single) === single).toBe(true);
  });

  test("what was given is not changed, even when it is a Buffer", () => {
    const noisy = speckled(page, 101, 0);
    const given = { ...noisy, grey: Buffer.from(noisy.grey) };
    withoutSpeckles(given);
    expect(Buffer.compare(given.grey, noisy.grey)).toBe(0);
    quarterTurned(given, 180);
    expect(Buffer.compare(given.grey, noisy.grey)).toBe(0);
  });

  test.each([0, 255])("noise of grey %i is taken off without touching letters", (value) => {
    const noisy = withoutSpeckles(speckled(page, 101, value));
    const difference = noisy.grey.reduce(
      (count, now, at) => count + (Math.abs(now - (page.grey[at] ?? 0)) > 128 ? 1 : 0),
      0,
    );
    expect(difference).toBeLessThan(page.grey.length / 101 / 20);
  });
});
