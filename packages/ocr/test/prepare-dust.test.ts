import { beforeAll, describe, expect, test } from "vitest";
import { withoutDust } from "../src/pipeline/prepare/without-dust.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { makePage } from "./make-page.ts";

let page: Raster;
/** The page with an empty half below it. */
beforeAll(async () => {
  const made = await makePage();
  const grey = new Uint8Array(made.width * made.height * 2).fill(255);
  grey.set(made.grey);
  page = { width: made.width, height: made.height * 2, grey };
});

/** Dots of 5 px, a third of a letter's height apart from everything else. */
function dotted(places: [number, number][]): Raster {
  const grey = page.grey.slice();
  for (const [x, y] of places)
    for (let row = 0; row < 5; row++) grey.fill(0, (y + row) * page.width + x, (y + row) * page.width + x + 5);
  return { ...page, grey };
}

const scattered = (count: number) =>
  Array.from({ length: count }, (_, index): [number, number] => [
    40 + ((index * 97) % (page.width - 80)),
    page.height / 2 + 20 + ((index * 61) % (page.height / 2 - 60)),
  ]);

describe("dust", () => {
  test("specks go from a page that is full of them, and every letter and full stop stays", () => {
    const clean = withoutDust(dotted(scattered(300)));
    expect(clean.grey.every((value, at) => value === page.grey[at])).toBe(true);
  });

  test("a clean page is passed through untouched, and so is one with a few dots", () => {
    expect(withoutDust(page) === page).toBe(true);
    const list = dotted(scattered(30));
    expect(withoutDust(list) === list).toBe(true);
  });

  test("rows of dots that lead from an entry to its page stay", () => {
    const leaders = Array.from({ length: 12 }, (_, row) =>
      Array.from({ length: 40 }, (_, dot): [number, number] => [200 + dot * 22, page.height / 2 + 60 + row * 70]),
    ).flat();
    const contents = dotted(leaders);
    expect(withoutDust(contents) === contents).toBe(true);
  });
});
