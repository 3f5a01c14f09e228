import { expect, test } from "vitest";
import { findInPage, parseSearchQuery, piecesOf } from "../src/task/search/search-query.ts";

test("the address of a search is taken as far as it fits", () => {
  expect(parseSearchQuery({ text: "harbour", page: "3" })).toEqual({ text: "harbour", page: 3 });
  expect(parseSearchQuery({ text: 2026, page: "1" })).toEqual({ text: "2026", page: undefined });
  expect(parseSearchQuery({ text: "   ", page: -1 })).toEqual({ text: undefined, page: undefined });
  expect(parseSearchQuery({ text: ["a"] }).text).toBeUndefined();
  expect(parseSearchQuery({ text: "x".repeat(300) }).text).toHaveLength(200);
});

test("hits are marked in their snippet; those that overlap or touch are one", () => {
  const marked = (snippet: string, hits: [number, number][]) =>
    piecesOf({ snippet, hits }).map(({ text, hit }) => (hit ? `[${text}]` : text));
  expect(marked("a broken pier", [[2, 8]])).toEqual(["a ", "[broken]", " pier"]);
  expect(
    marked("港務契約書", [
      [2, 4],
      [3, 5],
    ]),
  ).toEqual(["港務", "[契約書]"]);
  expect(
    marked("pier and pier", [
      [9, 13],
      [0, 4],
    ]),
  ).toEqual(["[pier]", " and ", "[pier]"]);
  expect(marked("nothing", [])).toEqual(["nothing"]);
});

test("in the document the words are looked for as typed where they stand together, else the first of them", () => {
  const snippet = "about the Broken Pier was read";
  const hits: [number, number][] = [
    [10, 16],
    [17, 21],
  ];
  expect(findInPage(" broken pier ", { snippet, hits })).toBe("broken pier");
  expect(findInPage("pier broken", { snippet, hits })).toBe("Broken");
});
