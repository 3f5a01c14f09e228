import { beforeAll, describe, expect, test } from "vitest";
import { findSheet } from "../src/pipeline/prepare/find-sheet.ts";
import { flattened } from "../src/pipeline/prepare/flatten-sheet.ts";
import { wayBack } from "../src/pipeline/prepare/way-back.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { makePage } from "./make-page.ts";

type Corners = [[number, number], [number, number], [number, number], [number, number]];

let page: Raster;
let straight: Raster;
beforeAll(async () => {
  page = await makePage();
  straight = photo();
});

const size = { width: 1600, height: 1200 };
const corners: Corners = [
  [260, 180],
  [1380, 120],
  [1300, 1010],
  [330, 930],
];

/** The map of the unit square onto corners, solved here by itself: eight unknowns, eight equations. */
function homography(to: Corners): (u: number, v: number) => [number, number] {
  const rows = to.flatMap(([x, y], index) => {
    const [u, v] = [index === 1 || index === 2 ? 1 : 0, index > 1 ? 1 : 0];
    return [
      [u, v, 1, 0, 0, 0, -u * x, -v * x, x],
      [0, 0, 0, u, v, 1, -u * y, -v * y, y],
    ];
  });
  for (let pivot = 0; pivot < 8; pivot++) {
    const best = rows.slice(pivot).reduce((a, b) => (Math.abs(b[pivot] ?? 0) > Math.abs(a[pivot] ?? 0) ? b : a));
    rows.splice(rows.indexOf(best), 1);
    rows.splice(pivot, 0, best);
    for (const row of rows) {
      if (row === best) continue;
      const share = (row[pivot] ?? 0) / (best[pivot] ?? 1);
      for (let column = pivot; column < 9; column++) row[column] = (row[column] ?? 0) - share * (best[column] ?? 0);
    }
  }
  const h = rows.map((row, index) => (row[8] ?? 0) / (row[index] ?? 1));
  const at = (index: number) => h[index] ?? 0;
  return (u, v) => {
    const depth = at(6) * u + at(7) * v + 1;
    return [(at(0) * u + at(1) * v + at(2)) / depth, (at(3) * u + at(4) * v + at(5)) / depth];
  };
}

/** The page as a photo of a sheet on a table: each place of the sheet is painted where it is seen, `bow` px bent down in the middle. */
function photo(bow = 0, paper = 215): Raster {
  const grey = Uint8Array.from({ length: size.width * size.height }, (_, at) => 70 + ((at * 7) % 23));
  const place = homography(corners);
  const [columns, rows] = [1800, 1400];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [u, v] = [column / columns, row / rows];
      const [x, y] = place(u, v);
      const pixel = page.grey[Math.floor(v * page.height) * page.width + Math.floor(u * page.width)] ?? 255;
      grey[Math.floor(y + 4 * bow * u * (1 - u)) * size.width + Math.floor(x)] = (pixel * paper) / 255;
    }
  }
  return { ...size, grey };
}

const framed = (shade: (x: number, y: number) => number | undefined): Raster => ({
  ...page,
  grey: page.grey.map((value, at) => shade(at % page.width, Math.floor(at / page.width)) ?? value),
});

describe("a sheet on a table", () => {
  test("is found by its corners", () => {
    const sheet = findSheet(straight);
    for (const [index, [x, y]] of corners.entries()) {
      const [foundX, foundY] = sheet?.corners[index] ?? [0, 0];
      expect(Math.hypot(foundX - x, foundY - y)).toBeLessThan(16);
    }
    expect(Math.abs(sheet?.bends[0](0.5) ?? 99)).toBeLessThan(8);
  });

  test("lies flat afterwards, in its own proportions, and each place leads back to the photo", () => {
    const raster = straight;
    const sheet = findSheet(raster);
    if (sheet === undefined) throw new Error("no sheet");
    const flat = flattened(raster, sheet);
    expect(flat.raster.width / flat.raster.height / (page.width / page.height)).toBeGreaterThan(0.85);
    expect(flat.raster.width / flat.raster.height / (page.width / page.height)).toBeLessThan(1.15);
    const place = homography(corners);
    for (const [u, v] of [[0.1, 0.1] as const, [0.5, 0.5] as const, [0.9, 0.3] as const]) {
      const [x, y] = flat.back(u * flat.raster.width, v * flat.raster.height);
      const [wantedX, wantedY] = place(u, v);
      expect(Math.hypot(x - wantedX, y - wantedY)).toBeLessThan(16);
    }
  });

  test("whose sides bend is found with the bend, and flattened along it", () => {
    const raster = photo(40);
    const sheet = findSheet(raster);
    if (sheet === undefined) throw new Error("no sheet");
    // The upper side bends inwards, the lower one outwards.
    expect(sheet.bends[0](0.5)).toBeLessThan(-25);
    expect(sheet.bends[2](0.5)).toBeGreaterThan(25);
    const flat = flattened(raster, sheet);
    const [x, y] = flat.back(flat.raster.width / 2, flat.raster.height / 2);
    const [wantedX, wantedY] = homography(corners)(0.5, 0.5);
    expect(Math.hypot(x - wantedX, y - wantedY - 40)).toBeLessThan(16);
  });

  test("that is turned after it was made flat leads back to the photo turned alike", () => {
    const raster = straight;
    const sheet = findSheet(raster);
    if (sheet === undefined) throw new Error("no sheet");
    const flat = flattened(raster, sheet);
    const { width, height } = flat.raster;
    const [x, y] = flat.back(100, 50);
    const level = (turned: Raster) => ({ raster: turned, back: (a: number, b: number): [number, number] => [a, b] });
    const at = (rotation: 90 | 180 | 270, a: number, b: number) =>
      wayBack(level(flat.raster), rotation, flat, raster)(a, b).map(Math.round);
    expect(at(90, height - 50, 100)).toEqual([raster.height - y, x].map(Math.round));
    expect(at(180, width - 100, height - 50)).toEqual([raster.width - x, raster.height - y].map(Math.round));
    expect(at(270, 50, width - 100)).toEqual([y, raster.width - x].map(Math.round));
  });
});

describe("no sheet", () => {
  test("is a flat scan, tinted or clean", () => {
    expect(findSheet(page)).toBeUndefined();
    expect(findSheet({ ...page, grey: page.grey.map((value) => value * 0.7) })).toBeUndefined();
  });

  test("is a panel printed on a dark page", () => {
    const { width, height } = page;
    const outside = (x: number, y: number) =>
      x < width * 0.2 || x > width * 0.85 || y < height * 0.2 || y > height * 0.8;
    expect(findSheet(framed((x, y) => (outside(x, y) ? 50 : undefined)))).toBeUndefined();
  });

  test("is a photo of light things on a light ground", () => {
    expect(findSheet(photo(0, 84))).toBeUndefined();
  });
});

test("the picture stays as it is, also when it is small and its pixels come in a Buffer, as sharp gives them", () => {
  const [width, height] = [420, 400];
  const grey = Buffer.from(Array.from({ length: width * height }, (_, at) => (at * 7919) % 251));
  const before = Buffer.from(grey);
  findSheet({ width, height, grey });
  expect(grey.equals(before)).toBe(true);
});
