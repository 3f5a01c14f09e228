import fc from "fast-check";
import { expect, test } from "vitest";
import { safeRedirect } from "../src/auth/safe-redirect.ts";

const origin = "https://legible.example";

test.each(["/", "/tasks/1?tab=text#top", "/?status=failed&page=2"])("%s is a place of this site", (target) => {
  expect(safeRedirect(target, origin)).toBe(target);
});

test.each([
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "tasks/1",
  "",
  " //evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/x/..//evil.example",
  "/sign-in?next=/sign-in",
  undefined,
  7,
  ["/"],
])("%j leads home", (target) => {
  expect(safeRedirect(target, origin)).toBe("/");
});

test("whatever is asked for, the answer is a path of this site", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.webUrl(),
        fc.string().map((tail) => `/${tail}`),
      ),
      (target) => {
        const answer = safeRedirect(target, origin);
        expect(answer.startsWith("/")).toBe(true);
        expect(new URL(answer, origin).origin).toBe(origin);
      },
    ),
  );
});
