import { expect, test } from "vitest";
import { parseListSearch } from "../src/task/list-search.ts";

test("what fits is kept", () => {
  expect(parseListSearch({ page: "3", status: "failed" })).toEqual({ page: 3, status: "failed" });
});

test("what does not fit is named as undefined, so that it covers the raw value in the address", () => {
  for (const page of ["0", "1", "-2", "1.5", "x", 10 ** 9]) {
    expect(parseListSearch({ page, status: "gone" })).toStrictEqual({ page: undefined, status: undefined });
  }
});
