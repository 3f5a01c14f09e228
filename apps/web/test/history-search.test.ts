import { expect, test } from "vitest";
import { isFiltered, parseHistorySearch, sortedBy, toListInput } from "../src/task/history/history-search.ts";

test.each([
  [{}, {}],
  [
    {
      status: "failed",
      filename: "a b",
      from: "2026-02-01",
      to: "2026-02-28",
      sort: "pages",
      order: "asc",
      page: "3",
      size: "50",
    },
    {
      status: "failed",
      filename: "a b",
      from: "2026-02-01",
      to: "2026-02-28",
      sort: "pages",
      order: "asc",
      page: 3,
      size: 50,
    },
  ],
  [
    {
      status: "lost",
      filename: "",
      from: "2026-13-45",
      to: "soon",
      sort: "size",
      order: "up",
      page: "0",
      size: "1000",
    },
    {},
  ],
  [{ filename: 2024, sort: "createdAt", order: "desc", page: 1, size: 25 }, { filename: "2024" }],
])("the address %j means %j to the history", (raw, meant) => {
  const parsed = parseHistorySearch(raw);
  expect(JSON.parse(JSON.stringify(parsed))).toEqual(meant);
  expect(Object.keys(parsed)).toHaveLength(8);
});

test("days begin and end where the person is", () => {
  const { from, to } = toListInput({ from: "2026-02-01", to: "2026-02-01" });
  const [first, last] = [new Date(from ?? ""), new Date(to ?? "")];
  expect([first.getFullYear(), first.getMonth(), first.getDate(), first.getHours()]).toEqual([2026, 1, 1, 0]);
  expect(last.getTime() - first.getTime()).toBe(24 * 60 * 60_000 - 1);
});

test("an empty search asks for the newest 25", () => {
  expect(toListInput({})).toEqual({ page: 1, pageSize: 25, sort: "createdAt", order: "desc" });
});

test("a column sorts downwards first, then upwards, and begins at the first page", () => {
  const once = sortedBy({ page: 4, filename: "a" }, "pages");
  expect(once).toEqual({ page: undefined, filename: "a", sort: "pages", order: undefined });
  expect(sortedBy(once, "pages").order).toBe("asc");
  expect(sortedBy(sortedBy(once, "pages"), "pages").order).toBeUndefined();
  expect(sortedBy({}, "createdAt").order).toBe("asc");
});

test("order and place do not make a list a filtered one", () => {
  expect(isFiltered({ sort: "pages", page: 2, size: 50 })).toBe(false);
  expect(isFiltered({ to: "2026-01-01" })).toBe(true);
});
