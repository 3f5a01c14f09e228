import { expect, test } from "vitest";
import { createPlural } from "../src/messages/plural.ts";

test("a number takes the form that its language asks for", () => {
  const english = createPlural("en");
  const forms = { one: "page", other: "pages" };
  expect([english(0, forms), english(1, forms), english(1_234, forms)]).toEqual(["0 pages", "1 page", "1,234 pages"]);
  expect(createPlural("zh-TW")(1, { other: "頁" })).toBe("1 頁");
  // A language with more forms than English, and one that somebody left out.
  const polish = createPlural("pl");
  const strony = { one: "strona", few: "strony", other: "stron" };
  expect([1, 3, 5].map((count) => polish(count, strony))).toEqual(["1 strona", "3 strony", "5 stron"]);
});
