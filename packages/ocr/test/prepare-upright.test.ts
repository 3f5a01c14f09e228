import type { Box, Page } from "@legible/shared/document";
import { beforeAll, describe, expect, test } from "vitest";
import { readUpright } from "../src/pipeline/prepare/read-upright.ts";
import { quarterTurned, turnedBy } from "../src/pipeline/prepare/turn-raster.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import type { SandboxPool } from "../src/sandbox/pool.ts";
import { makePage, pageText } from "./make-page.ts";
import { makePool, readDocument, textOf } from "./make-pool.ts";
import { picture } from "./make-scan.ts";

let pool: SandboxPool;
let page: Raster;
beforeAll(async () => {
  pool = await makePool();
  page = await makePage();
});

async function read(raster: Raster, wish: { rotate?: boolean; deskew?: boolean }) {
  const png = await picture(raster).png().toBuffer();
  const { pages } = await readDocument(pool, png, wish);
  const [answer] = pages;
  if (answer === undefined) throw new Error("No page was read.");
  return { page: answer.page, text: textOf(answer) };
}

const wordsOf = ({ blocks }: Page) => blocks.flatMap((block) => block.lines.flatMap((line) => line.words));

/** Share of the dark pixels of `raster` that lie in a word's box. */
function inkInBoxes({ width, height, grey }: Raster, boxes: Box[]): number {
  const covered = new Uint8Array(grey.length);
  for (const [x0, y0, x1, y1] of boxes) {
    for (let row = Math.max(0, Math.floor(y0)); row < Math.min(height, Math.ceil(y1)); row++) {
      covered.fill(1, row * width + Math.floor(x0), row * width + Math.ceil(x1));
    }
  }
  let ink = 0;
  let inside = 0;
  grey.forEach((value, at) => {
    if (value >= 128) return;
    ink++;
    inside += covered[at] ?? 0;
  });
  return inside / ink;
}

describe("a page is read whichever way it lies", () => {
  test.each([0, 90, 180, 270] as const)("turned by %i degrees", async (lies) => {
    const { page: tree, text } = await read(quarterTurned(page, lies), { rotate: true, deskew: true });
    expect(text).toBe(pageText);
    expect(tree).toMatchObject({
      width: page.width,
      height: page.height,
      rotation: (360 - lies) % 360,
      deskewDegrees: 0,
    });
    expect(tree.rotationConfidence).toBeGreaterThan(80);
    // Boxes count in the page as it stands upright.
    const boxes = wordsOf(tree).map((word) => word.bbox);
    expect(inkInBoxes(page, boxes)).toBeGreaterThan(0.98);
  });

  test("unless it was asked to be read as it is", async () => {
    const { page: tree, text } = await read(quarterTurned(page, 180), {});
    expect(text).not.toContain("lighthouse");
    expect(tree).toMatchObject({ rotation: 0, rotationConfidence: null, deskewDegrees: 0 });
  });
});

test.each([-11, 3.4])("lines askew by %f degrees are read level, and boxes lie on the ink", async (degrees) => {
  const { raster } = turnedBy(page, degrees);
  const { page: tree, text } = await read(raster, { rotate: true, deskew: true });
  expect(text).toBe(pageText);
  expect(tree).toMatchObject({ width: raster.width, height: raster.height, rotation: 0 });
  expect(tree.deskewDegrees).toBeCloseTo(-degrees, 0);
  expect(
    inkInBoxes(
      raster,
      wordsOf(tree).map((word) => word.bbox),
    ),
  ).toBeGreaterThan(0.98);
  for (const { baseline } of tree.blocks.flatMap((block) => block.lines)) {
    const [x0, y0, x1, y1] = baseline;
    expect((Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI).toBeCloseTo(degrees, 0);
  }
});

test("askew and on its side at once", async () => {
  const { raster } = turnedBy(page, 5);
  const { page: tree, text } = await read(quarterTurned(raster, 270), { rotate: true, deskew: true });
  expect(text).toBe(pageText);
  expect(tree).toMatchObject({ width: raster.width, height: raster.height, rotation: 90 });
  expect(
    inkInBoxes(
      raster,
      wordsOf(tree).map((word) => word.bbox),
    ),
  ).toBeGreaterThan(0.98);
});

test("a page in shadow reads like one in even light", async () => {
  const shadow = page.grey.map((value, at) => value * (1 - (0.75 * (at % page.width)) / page.width));
  const { text } = await read({ ...page, grey: shadow }, { rotate: true, deskew: true });
  expect(text).toBe(pageText);
});

describe("the engine is asked once", () => {
  const confident = [
    {
      lines: [
        { bbox: [0, 0, 9, 9], baseline: [0, 9, 9, 9], words: [{ text: "fine", bbox: [0, 0, 9, 9], confidence: 61 }] },
      ],
    },
  ];
  const wish = { rotate: true, deskew: true };

  test.each([
    ["upright text", () => page],
    ["a table", () => ruled()],
  ])("for %s", async (_, make) => {
    let asked = 0;
    const given = make();
    const reading = await readUpright(given, wish, async (raster) => {
      asked++;
      expect(raster === given).toBe(true);
      return structuredClone(confident) as Awaited<ReturnType<Parameters<typeof readUpright>[2]>>;
    });
    expect(asked).toBe(1);
    expect(reading).toMatchObject({ rotation: 0, deskewDegrees: 0, rotationConfidence: 61 });
  });

  /** Where a rule stands between two lines of the page, and from line to line, px. */
  const ruleAt = 195;
  const linePitch = (22 / 72) * 300;

  /** The page with rules between its lines and columns. */
  function ruled(): Raster {
    const grey = page.grey.slice();
    for (let row = 0; row < page.height; row++) {
      for (let column = 0; column < page.width; column++) {
        if ((row + 10 * linePitch - ruleAt) % linePitch < 3 || column % 300 < 3) grey[row * page.width + column] = 0;
      }
    }
    return { ...page, grey };
  }

  test("and a page that reads badly every way stays as it is", async () => {
    const reading = await readUpright(page, wish, async () => []);
    expect(reading).toMatchObject({ rotation: 0, rotationConfidence: null, paragraphs: [] });
  });
});
