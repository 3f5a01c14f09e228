import { beforeAll, expect, test } from "vitest";
import type { Raster } from "../src/pipeline/raster.ts";
import type { SandboxPool } from "../src/sandbox/pool.ts";
import { makePool, readDocument, textOf } from "./make-pool.ts";
import { picture, scanPdf, textPdf } from "./make-scan.ts";

const left = [
  "The keeper of the lighthouse counts all",
  "the ships that pass the northern cape",
  "before the winter storms. His journal",
  "lists their names, their cargo and the",
  "weather of each morning in a small hand.",
];
const right = [
  "When the harbour office burned down in",
  "the spring, those pages were the only",
  "record that was left. The clerk copied",
  "them twice and sent one copy to the town",
  "hall, where it was bound in green cloth.",
];
/** Reading order of the book: the left page, then the right one. */
const inOrder = [...left, ...right].join(" ");

let pool: SandboxPool;
let spread: Raster;
beforeAll(async () => {
  pool = await makePool();
  // The book lies a little askew: lines of one page do not go on in lines of the other.
  const page = (lines: string[], x: number, top: number) =>
    lines.map((text, index) => ({ text, x, y: top - index * 22, size: 12 }));
  spread = await scanPdf(await textPdf([[...page(left, 30, 160), ...page(right, 330, 164)]], [590, 200]));
});

test("of an open book the left page is read before the right one", async () => {
  const { pages } = await readDocument(pool, await picture(spread).png().toBuffer(), { rotate: true, deskew: true });
  expect(pages.map(textOf)).toEqual([inOrder]);
});

test("of an open book with a dark fold, too, and the fold is no text", async () => {
  const { width, grey } = spread;
  // Light falls off towards the fold over 0.4 inch on either side.
  const lightAt = (x: number) => Math.min(1, 0.12 + Math.abs(x - width / 2) / 130);
  const dark = { ...spread, grey: grey.map((value, at) => value * lightAt(at % width)) };
  const { pages } = await readDocument(pool, await picture(dark).jpeg({ quality: 85 }).toBuffer(), {
    ...{ rotate: true, deskew: true },
  });
  expect(pages.map(textOf)).toEqual([inOrder]);
});
