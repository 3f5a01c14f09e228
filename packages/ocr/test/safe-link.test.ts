import { linkSchema } from "@legible/shared/link";
import { expect, test } from "vitest";
import { safeLink } from "../src/pipeline/pdf/safe-link.ts";

test.each([
  ["https://example.org/a b?q=(1)|2&copy=3", "https://example.org/a%20b?q=%281%29%7C2&copy=3"],
  ["HTTP://Example.ORG", "http://example.org/"],
  ["mailto:office@example.org?subject=Hello there", "mailto:office@example.org?subject=Hello%20there"],
  ["https://例え.jp/頁", "https://xn--r8jz45g.jp/%E9%A0%81"],
])("%s may be kept", (address, kept) => {
  expect(safeLink(address)).toBe(kept);
  expect(linkSchema.parse(kept)).toBe(kept);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "file:///etc/passwd",
  "https://user:secret@example.org/",
  "example.org",
  "",
  `https://example.org/${"a".repeat(2_000)}`,
])("%s is no link", (address) => {
  expect(safeLink(address)).toBeUndefined();
});

test("the schema itself refuses what would break out of Markdown or HTML", () => {
  for (const address of ['https://a/"onclick=', "https://a/)[x](javascript:b", "https://a/<b>", "https://a/\nb"]) {
    expect(linkSchema.safeParse(address).success).toBe(false);
  }
});
