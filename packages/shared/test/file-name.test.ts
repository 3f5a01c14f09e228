import { describe, expect, test } from "vitest";
import { displayName, fileStem } from "../src/file-name.ts";
import { fileNameBytes } from "../src/limits.ts";

/** Length in UTF-8; throws for a lone surrogate. */
const bytes = (text: string) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/gu, "x").length;

describe("displayName", () => {
  test.each([
    ["scan.pdf", "scan.pdf"],
    ["Jahresabschluß 2026 (v2).PDF", "Jahresabschluß 2026 (v2).PDF"],
    ["测试.pdf", "测试.pdf"],
    // Paths: the last part counts.
    ["../../etc/passwd.png", "passwd.png"],
    ["..\\..\\x.png", "x.png"],
    ["/abs.png", "abs.png"],
    ["C:\\x.png", "x.png"],
    ["\\\\host\\share\\x.png", "x.png"],
    ["a/b/", "document"],
    // Control characters, and what would end a header line.
    ["a\0b.png", "ab.png"],
    ["a\r\nX-Evil: 1.png", "a X-Evil: 1.png"],
    ["a\tb\u2028c.png", "a b c.png"],
    ["a\u001b[31mb.png", "a[31mb.png"],
    // Direction controls and characters that nobody sees.
    ["photo\u202Egnp.exe", "photognp.exe"],
    ["\u2066a\u2069\u200f.pdf", "a.pdf"],
    ["in\u200bvoice\ufeff.pdf", "invoice.pdf"],
    // Nothing left, dots, and names that a shell would take for an option.
    ["", "document"],
    [" ", "document"],
    [".", "document"],
    ["..", "document"],
    ["...", "document"],
    [".htaccess", "htaccess"],
    ["-rf.png", "rf.png"],
    ["--help.png", "help.png"],
    ["a.png.", "a.png"],
    ["a.png ", "a.png"],
    // Devices of Windows.
    ["CON.png", "document CON.png"],
    ["nul", "document nul"],
    ["Com1.tar.gz", "document Com1.tar.gz"],
    ["console.png", "console.png"],
    // Broken and decomposed Unicode.
    ["\ud800.png", "\ufffd.png"],
    ["a\udc00b.png", "a\ufffdb.png"],
    ["e\u0301te\u0301.png", "\u00e9t\u00e9.png"],
    // Emoji keep their joiner.
    ["\u{1f468}\u200d\u{1f469}.png", "\u{1f468}\u200d\u{1f469}.png"],
    // Inert elsewhere: shown as they are.
    ["<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"],
    ['a"; filename="b.html', 'a"; filename="b.html'],
    ["%2e%2e%2fx", "%2e%2e%2fx"],
    ["a.pdf.exe", "a.pdf.exe"],
  ])("shows %j as %j", (name, shown) => {
    expect(displayName(name)).toBe(shown);
  });

  test("cuts 400 × é between two characters and keeps the extension", () => {
    const shown = displayName(`${"é".repeat(400)}.pdf`);
    expect(shown).toBe(`${"é".repeat((fileNameBytes - 4) / 2)}.pdf`);
    expect(bytes(shown)).toBe(fileNameBytes);
  });

  test.each([
    ["two bytes", "é"],
    ["three bytes", "漢"],
    ["four bytes", "\u{1f600}"],
    ["decomposed", "e\u0301"],
    ["no bytes of its own", "\ud800"],
    ["a ligature that grows in NFC", "\ufb2c"],
    ["dots", "a."],
    ["spaces", "a "],
  ])("never exceeds the limit or splits a character: %s", (_, part) => {
    for (let lead = 0; lead < 5; lead++) {
      for (const extension of ["", ".pdf", ".p\u00e9f", `.${"x".repeat(30)}`, `.${"漢".repeat(10)}`]) {
        const shown = displayName("x".repeat(lead) + part.repeat(10_000 / part.length) + extension);
        expect(bytes(shown)).toBeLessThanOrEqual(fileNameBytes);
        expect(shown).not.toBe("");
        expect(displayName(shown)).toBe(shown);
      }
    }
  });

  test("is the same when applied to its own answer", () => {
    for (const name of ["CON.png", "..-. a", "nul", "- .x", "a.png. .", "\u202e.con", ". ..con.x"]) {
      expect(displayName(displayName(name))).toBe(displayName(name));
    }
  });
});

describe("fileStem", () => {
  test.each([
    ["scan.pdf", "scan"],
    ["a.tar.gz", "a.tar"],
    ["scan", "scan"],
    [".pdf", ".pdf"],
    ["", ""],
  ])("of %j is %j", (name, stem) => {
    expect(fileStem(name)).toBe(stem);
  });
});
