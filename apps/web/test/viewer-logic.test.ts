import { expect, test } from "vitest";
import type { PageTree, TreeWord } from "../src/api/answers.ts";
import { countMatches, firstFrom, matchedWords, placeOf, searchablePages } from "../src/task/viewer/find-text.ts";
import { keepPoint, layOutPages, type PageSize, pageAt, zoomFactor } from "../src/task/viewer/page-layout.ts";
import { doubtOf, neighbour, nextDoubtful, pageLines, pageWords } from "../src/task/viewer/page-words.ts";
import { standInLine } from "../src/task/viewer/picture-line.ts";
import { parseViewerSearch } from "../src/task/viewer/viewer-search.ts";

const word = (id: string, text: string, confidence = 95): TreeWord => ({ id, text, confidence, bbox: [0, 0, 10, 10] });

/** A page of one paragraph with these lines of words. */
function pageOf(lines: TreeWord[][]): PageTree {
  const bbox: [number, number, number, number] = [0, 0, 100, 100];
  return {
    number: 1,
    width: 100,
    height: 100,
    unit: "px",
    dpi: 100,
    source: "ocr",
    rotation: 0,
    rotationConfidence: null,
    deskewDegrees: 0,
    confidence: 90,
    error: null,
    blocks: [
      {
        id: "p1b1",
        type: "paragraph",
        bbox,
        confidence: 90,
        lines: lines.map((words) => ({ bbox, baseline: bbox, words })),
      },
    ],
  };
}

const page = pageOf([
  [word("a", "The"), word("b", "har-", 60)],
  [word("c", "bour"), word("d", "Café", 80), word("e", "測"), word("f", "試", 20)],
]);

test("words follow each other in reading order, with spaces where the script has any", () => {
  expect(pageWords(page).map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e", "f"]);
  expect(pageLines(page).map((line) => line.words.map(({ spaced }) => spaced))).toEqual([
    [true, false],
    [true, true, false, false],
  ]);
});

test("doubt begins below 75 and ends at 85, and what a person has seen is beyond it", () => {
  expect([74.9, 75, 84.9, 85].map((confidence) => doubtOf({ confidence }))).toEqual([
    "doubtful",
    "unsure",
    "unsure",
    undefined,
  ]);
  const original = { text: "x", confidence: 3, correctedAt: "2026-01-01T00:00:00Z", correctedBy: 1 };
  expect(doubtOf({ confidence: 100, original })).toBe("corrected");
});

test("the walk over doubtful words goes both ways from a word, or over the whole page", () => {
  expect(nextDoubtful(page, undefined, 1)?.id).toBe("b");
  expect(nextDoubtful(page, "b", 1)?.id).toBe("f");
  expect(nextDoubtful(page, "f", 1)).toBeUndefined();
  expect(nextDoubtful(page, undefined, -1)?.id).toBe("f");
  expect(nextDoubtful(page, "f", -1)?.id).toBe("b");
  expect(nextDoubtful(page, "b", -1)).toBeUndefined();
  expect([neighbour(page, "b", 1)?.id, neighbour(page, "a", -1)]).toEqual(["c", undefined]);
});

test("finding minds neither case, accents, width nor where a line ends", () => {
  expect(matchedWords(pageLines(page), "CAFE")).toEqual([["d"]]);
  expect(matchedWords(pageLines(page), "har- bour cafe\u0301")).toEqual([["b", "c", "d"]]);
  expect(matchedWords(pageLines(page), "測試")).toEqual([["e", "f"]]);
  expect(matchedWords(pageLines(page), "ｔｈｅ")).toEqual([["a"]]);
  expect(matchedWords(pageLines(page), "  ")).toEqual([]);
});

test("matches are counted on each page and named by their place", () => {
  const counts = countMatches(searchablePages("one two\fnothing\fOne\none"), "one");
  expect(counts).toEqual([1, 0, 2]);
  expect([0, 1, 2, 3].map((at) => placeOf(counts, at))).toEqual([
    { page: 0, match: 0 },
    { page: 2, match: 0 },
    { page: 2, match: 1 },
    undefined,
  ]);
  expect(countMatches(searchablePages("one"), " ")).toEqual([0]);
});

test("looking begins with the first match from a page on, or with the very first", () => {
  expect(firstFrom([1, 0, 2], 0)).toBe(0);
  expect(firstFrom([1, 0, 2], 1)).toBe(1);
  expect(firstFrom([1, 0, 0], 1)).toBe(0);
  expect(firstFrom([], 3)).toBe(0);
});

const a4: PageSize = { width: 2480, height: 3508, dpi: 300 };
const wide: PageSize = { width: 3508, height: 2480, dpi: 300 };

test("pages fit to the width or to the whole, turned or not", () => {
  const space = { width: 624, height: 424 };
  expect(zoomFactor("width", a4, 0, space) * (2480 / 300) * 96).toBeCloseTo(600);
  expect(zoomFactor("page", a4, 0, space) * (3508 / 300) * 96).toBeCloseTo(400);
  expect(zoomFactor("width", a4, 90, space)).toBeCloseTo(zoomFactor("width", wide, 0, space));
  expect([zoomFactor(99, a4, 0, space), zoomFactor(0, a4, 0, space)]).toEqual([6, 0.1]);
});

test("the page at a place is found among two thousand", () => {
  const layout = layOutPages(Array<PageSize>(2000).fill(a4), 0, 0.5);
  for (const index of [0, 1, 999, 1999]) {
    expect(pageAt(layout, (layout.pages[index]?.top ?? 0) + 1)).toBe(index);
  }
  expect([pageAt(layout, -50), pageAt(layout, 1e9)]).toEqual([0, 1999]);
  expect(pageAt(layOutPages([], 0, 1), 5)).toBe(0);
});

test("a zoom leaves the point under the pointer where it was", () => {
  const sizes = [a4, wide, a4];
  const [before, after] = [layOutPages(sizes, 0, 0.8), layOutPages(sizes, 0, 1.6)];
  const pointer = { x: 300, y: 200 };
  const top = (before.pages[1]?.top ?? 0) + 100 - pointer.y;
  const moved = keepPoint(before, after, { left: 0, top }, pointer, 600);
  expect(moved.top + pointer.y).toBeCloseTo((after.pages[1]?.top ?? 0) + 200);
  const back = keepPoint(after, before, moved, pointer, 600);
  expect(back.top).toBeCloseTo(top);
  expect(back.left).toBeCloseTo(0);
});

test("three pictures load at a time, those of pages before thumbnails, and who leaves makes room", () => {
  const called: string[] = [];
  const stand = (name: string, urgent = false) => standInLine(urgent, () => called.push(name));
  const leave = ["a", "b", "c", "d", "e"].map((name) => stand(name));
  leave.push(stand("page", true));
  expect(called).toEqual(["a", "b", "c"]);
  leave[0]?.();
  leave[0]?.();
  expect(called).toEqual(["a", "b", "c", "page"]);
  leave[3]?.();
  leave[1]?.();
  expect(called).toEqual(["a", "b", "c", "page", "e"]);
  for (const each of leave) each();
  const again = ["x", "y", "z"].map((name) => stand(name));
  expect(called.slice(-3)).toEqual(["x", "y", "z"]);
  for (const each of again) each();
});

test.each([
  [{}, {}],
  [
    { tab: "json", page: "7", find: "the end", panel: "result" },
    { tab: "json", page: 7, find: "the end", panel: "result" },
  ],
  [{ tab: "<script>", page: "-1", find: "", panel: 3 }, {}],
  [{ page: "1", tab: "text", find: 42 }, { find: "42" }],
])("the address %j means %j to the viewer", (raw, meant) => {
  const parsed = parseViewerSearch(raw);
  expect(JSON.parse(JSON.stringify(parsed))).toEqual(meant);
  expect(Object.keys(parsed)).toEqual(["tab", "panel", "page", "find"]);
});
