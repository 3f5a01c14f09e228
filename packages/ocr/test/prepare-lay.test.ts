import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { findLay } from "../src/pipeline/prepare/lay.ts";
import { quarterTurned, turnedBy } from "../src/pipeline/prepare/turn-raster.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { makePage } from "./make-page.ts";
import { picture } from "./make-scan.ts";

let page: Raster;
beforeAll(async () => {
  page = await makePage();
});

/** Turned by sharp, so that our own turning does not judge itself. */
async function askew(raster: Raster, degrees: number): Promise<Raster> {
  const turned = picture(raster).rotate(degrees, { background: "#ffffff" }).greyscale().raw();
  const { data, info } = await turned.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, grey: data };
}

describe("the slant of lines", () => {
  test.each([-14.7, -10, -5.2, -2, -0.7, -0.3, 0, 0.3, 0.5, 1.1, 3.3, 7, 12.4, 14.8])("%f degrees", async (degrees) => {
    const { across } = findLay(await askew(page, degrees));
    expect(Math.abs(across.degrees - degrees)).toBeLessThan(0.1);
    expect(across.prominence).toBeGreaterThan(8);
  });

  test("is found on a page that lies on its side as well", async () => {
    const { across, down } = findLay(quarterTurned(await askew(page, 4), 90));
    expect(Math.abs(down.degrees - 4)).toBeLessThan(0.1);
    expect(down.sharpness).toBeGreaterThan(4 * across.sharpness);
  });

  test("is not taken from noise, frames or the rim of a sheet", async () => {
    const noise: Raster = { width: 600, height: 800, grey: new Uint8Array(480_000) };
    let seed = 1;
    for (let at = 0; at < noise.grey.length; at++) {
      seed = (seed * 16_807) % 2_147_483_647;
      noise.grey[at] = seed % 256;
    }
    expect(findLay(noise).across.prominence).toBeLessThan(3);
    const sheet = { create: { width: 900, height: 1200, channels: 3 as const, background: "#ffffff" } };
    const framed = sharp(sheet).extend({ top: 90, left: 90, right: 90, bottom: 90, background: "#202020" });
    const { data, info } = await sharp(await framed.png().toBuffer())
      .rotate(7, { background: "#202020" })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { across } = findLay({ width: info.width, height: info.height, grey: data });
    expect(across.prominence).toBeLessThan(2);
  });
});

test("lines that run across are told from lines that run down", () => {
  const upright = findLay(page);
  expect(upright.across.sharpness).toBeGreaterThan(4 * upright.down.sharpness);
});

test("lines that stand on their feet are told from lines that stand on their heads", () => {
  expect(findLay(page).footing).toBeGreaterThan(1.03);
  expect(findLay(quarterTurned(page, 180)).footing).toBeLessThan(0.95);
});

describe("turning", () => {
  const small: Raster = { width: 3, height: 2, grey: Uint8Array.from([1, 2, 3, 4, 5, 6]) };

  test("by quarters moves every pixel", () => {
    expect(quarterTurned(small, 0) === small).toBe(true);
    expect(quarterTurned(small, 90)).toEqual({ width: 2, height: 3, grey: Uint8Array.from([4, 1, 5, 2, 6, 3]) });
    expect(quarterTurned(small, 180)).toEqual({ width: 3, height: 2, grey: Uint8Array.from([6, 5, 4, 3, 2, 1]) });
    expect(quarterTurned(small, 270)).toEqual({ width: 2, height: 3, grey: Uint8Array.from([3, 6, 2, 5, 1, 4]) });
  });

  test("larger pages are turned whole, and back", () => {
    const { grey } = quarterTurned(quarterTurned(page, 90), 270);
    expect(Buffer.compare(grey, page.grey)).toBe(0);
  });

  test("by an angle agrees with sharp, cuts nothing, and leads back to the same place", async () => {
    const { raster, back } = turnedBy(page, 6);
    const expected = await askew(page, 6);
    expect(Math.abs(raster.width - expected.width)).toBeLessThan(3);
    expect(findLay(raster).across.degrees).toBeCloseTo(6, 0);
    const ink = (given: Raster) => given.grey.reduce((sum, value) => sum + (255 - value), 0);
    expect(ink(raster) / ink(page)).toBeCloseTo(1, 1);
    const [x, y] = back(raster.width / 2, raster.height / 2);
    expect([x, y]).toEqual([page.width / 2, page.height / 2]);
    // One step to the right on the turned page is mostly right and a little up on the page it was made from.
    const [nextX, nextY] = back(raster.width / 2 + 100, raster.height / 2);
    expect(nextX - x).toBeCloseTo(99.45, 1);
    expect(nextY - y).toBeCloseTo(-10.45, 1);
  });
});
