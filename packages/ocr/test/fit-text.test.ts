import { describe, expect, test } from "vitest";
import { fitText } from "../src/pipeline/fit-text.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { textHeight } from "../src/pipeline/text-height.ts";

/** A page whose lines are rows of upright bars: what letters of `height` px look like to a strip. */
function pageOfBars(height: number, width = 1200, pageHeight = 1600): Raster {
  const grey = new Uint8Array(width * pageHeight).fill(250);
  for (let top = height; top + height < pageHeight; top += Math.round(height * 2.2)) {
    for (let row = top; row < top + height; row++) {
      for (let left = 40; left < width - 40; left += 12) grey.fill(10, row * width + left, row * width + left + 4);
    }
  }
  return { width, height: pageHeight, grey };
}

describe("the height of text", () => {
  test.each([8, 14, 25, 40, 70])("of %i px is measured", (height) => {
    expect(textHeight(pageOfBars(height))).toEqual({ small: height, middle: height });
  });

  test("of 4 px is measured on a picture as small as a cut-out, where it is no dust", () => {
    expect(textHeight(pageOfBars(4, 480, 400))).toEqual({ small: 4, middle: 4 });
    expect(textHeight(pageOfBars(4))).toBeUndefined();
  });

  test("of an empty page, a black page and a page of one line is not known", () => {
    const size = { width: 300, height: 400 };
    expect(textHeight({ ...size, grey: new Uint8Array(300 * 400).fill(255) })).toBeUndefined();
    expect(textHeight({ ...size, grey: new Uint8Array(300 * 400) })).toBeUndefined();
    expect(textHeight(pageOfBars(20, 1200, 70))).toBeUndefined();
  });

  test("follows the smaller text where sizes are mixed", () => {
    const large = pageOfBars(60);
    const small = pageOfBars(16);
    const grey = Uint8Array.from([...large.grey, ...small.grey]);
    const height = textHeight({ width: large.width, height: large.height * 2, grey });
    expect(height?.small).toBe(16);
  });
});

describe("fitting text", () => {
  test("leaves text of the right size alone", async () => {
    const page = pageOfBars(20);
    // Not toBe: when it fails, Vitest would print millions of pixels.
    expect((await fitText(page, ["eng"])) === page).toBe(true);
  });

  test("reduces large text, less for Han characters, keeping the shape of the page", async () => {
    const page = pageOfBars(50);
    const alphabetic = await fitText(page, ["eng"]);
    const han = await fitText(page, ["chi_tra", "eng"]);
    expect(alphabetic.width).toBe(432);
    expect(alphabetic.height).toBe(576);
    expect(han.width).toBeGreaterThan(alphabetic.width);
    expect(alphabetic.grey.length).toBe(432 * 576);
    expect(textHeight(alphabetic)?.middle).toBeGreaterThan(17);
  });

  test("enlarges the tiny text of a cut-out as far as it may", async () => {
    expect((await fitText(pageOfBars(5, 480, 400), ["eng"])).width).toBe(1200);
  });

  test("enlarges small text, and never beyond what the engine may hold", async () => {
    expect((await fitText(pageOfBars(8), ["eng"])).width).toBe(3000);
    const page = pageOfBars(8, 4800, 4800);
    const fitted = await fitText(page, ["eng"]);
    expect(fitted.width).toBeGreaterThan(page.width);
    expect(fitted.width * fitted.height).toBeLessThanOrEqual(25_100_000);
  });
});
