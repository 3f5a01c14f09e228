import { expect, test } from "vitest";
import { typedLine } from "../src/typed-line.ts";

const line = typedLine(1, 10);

test("a line is cleaned of what a database or a reader would stumble over", () => {
  expect(line.parse(" a\u0000b\n\u202ec ")).toBe("ab c");
  expect(line.parse("\ud800")).toBe("\ufffd");
});

test("a line of nothing visible is empty, and one that is too long is refused before it is looked at", () => {
  for (const text of ["", "  ", "\u0000\u200b", "x".repeat(11)]) expect(line.safeParse(text).success).toBe(false);
  expect(typedLine(0, 10).parse("\u0000")).toBe("");
});
