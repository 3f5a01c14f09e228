import { expect, test } from "vitest";
import { scrubLine, scrubText } from "../src/text.ts";

test("removes what PostgreSQL, XML and terminals refuse, and keeps tabs and line ends", () => {
  expect(scrubText("a\u0000b\u0007c\u001b[0m\u007f\u0085\ufffe\uffffd")).toBe("abc[0md");
  expect(scrubText("a\tb\nc\r\nd")).toBe("a\tb\nc\r\nd");
});

test("replaces each lone surrogate and keeps pairs", () => {
  expect(scrubText("\ud800a\udfff\u{1f600}")).toBe("\ufffda\ufffd\u{1f600}");
});

test("no single UTF-16 unit gets through that XML 1.0 or PostgreSQL would refuse", () => {
  for (let unit = 0; unit <= 0xffff; unit++) {
    const scrubbed = scrubText(String.fromCharCode(unit));
    expect(scrubbed).toMatch(/^[\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd]?$/u);
  }
});

test("leaves ordinary text of any script alone", () => {
  const text = "Größe, naïve – “quoted” 漢字 かな עברית العربية\u200c ไทย ﬁ \u00a0 \u{20000}";
  expect(scrubText(text)).toBe(text);
});

test("keeps the direction marks of running text, and takes them out of a line for people", () => {
  expect(scrubText("a\u200fb\u202ec")).toBe("a\u200fb\u202ec");
  expect(scrubLine("a\u200fb\u202ec\u2066d\u061c")).toBe("abcd");
});

test("makes one line: NFC, single spaces, no ends", () => {
  expect(scrubLine("  a\r\n\tb\u2028c \u00a0 d\u0000\u000b e\u0301 ")).toBe("a b c d \u00e9");
});

test("what was scrubbed stays as it is", () => {
  for (const text of [
    "\u0000 a\u202e \u0000b",
    "e\u0000\u0301",
    "e\u202e\u0301",
    "e\u200b\u0301",
    "a \u202e\u0000 b",
    "\ud83d\u0000\ude00",
  ]) {
    expect(scrubLine(scrubLine(text))).toBe(scrubLine(text));
    expect(scrubText(scrubText(text))).toBe(scrubText(text));
  }
});
