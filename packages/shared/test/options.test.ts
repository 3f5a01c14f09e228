import { expect, test } from "vitest";
import {
  languageSchema,
  ocrOptionsInputSchema,
  ocrOptionsSchema,
  pageRangesSchema,
  selectPages,
} from "../src/options.ts";

test.each([
  [undefined, 3, [1, 2, 3]],
  ["1", 3, [1]],
  ["1-3,7", 9, [1, 2, 3, 7]],
  ["5-", 7, [5, 6, 7]],
  [" 2 , 4 - 6 ", 9, undefined],
  [" 2 , 4-6 ", 9, [2, 4, 5, 6]],
  ["3,1,2,2-3", 9, [1, 2, 3]],
  ["7,1-3", 5, [1, 2, 3]],
  ["4-2", 9, []],
  ["0", 9, []],
  ["0-2", 9, [1, 2]],
  ["10", 9, []],
  ["10-", 9, []],
  ["9-999999", 9, [9]],
  ["1-999999", 3, [1, 2, 3]],
  ["1", 0, []],
  [undefined, 0, []],
])("of the pages %j in a document of %i come %j", (ranges, count, pages) => {
  if (pages === undefined) expect(pageRangesSchema.safeParse(ranges).success).toBe(false);
  else {
    if (ranges !== undefined) expect(pageRangesSchema.parse(ranges)).toBe(ranges);
    expect(selectPages(ranges, count)).toEqual(pages);
  }
});

test.each([
  "",
  ",",
  "1,",
  "-3",
  "a",
  "1-2-3",
  "1;2",
  "1.5",
  "１",
  "1\n2",
  "1234567",
  "1-1234567",
  `${"1,".repeat(100)}1`,
])("%j is no page range", (ranges) => {
  expect(pageRangesSchema.safeParse(ranges).success).toBe(false);
});

test("long ranges that are wrong at their very end are refused: the pattern does not try every way to read them", () => {
  for (const part of [" ", "1 ,", "1 , ", "1-,", "12345,"]) {
    const wrong = `${part.repeat(199 / part.length)}x`;
    expect(pageRangesSchema.safeParse(wrong).success).toBe(false);
  }
});

test("options that are left out get their defaults; the languages stay open for the installation", () => {
  expect(ocrOptionsInputSchema.parse({})).toEqual({ mode: "auto", rotate: true, deskew: true, pdfa: false });
});

test("stored options lose the password", () => {
  const given = ocrOptionsInputSchema.parse({ languages: ["eng"], password: "secret" });
  expect(ocrOptionsSchema.parse(given)).toEqual({
    languages: ["eng"],
    mode: "auto",
    rotate: true,
    deskew: true,
    pdfa: false,
  });
});

test("languages may be left to the reader, but not beside named ones", () => {
  expect(ocrOptionsInputSchema.parse({ languages: ["auto"] }).languages).toEqual(["auto"]);
  expect(ocrOptionsInputSchema.safeParse({ languages: ["auto", "eng"] }).success).toBe(false);
});

test("an unknown option is refused, not ignored", () => {
  expect(ocrOptionsInputSchema.safeParse({ lang: "eng" }).success).toBe(false);
});

test("language names reach the file system, so nothing that could be a path is one", () => {
  for (const name of ["eng", "chi_tra", "chi_tra_vert", "deu_latf", "osd", "aze_cyrl", "uzb_Cyrl"]) {
    expect(languageSchema.safeParse(name).success).toBe(true);
  }
  for (const name of [
    "",
    "../eng",
    "eng/..",
    "script/Latin",
    "ENG",
    "e",
    "eng\n",
    "eng\0",
    "eng+deu",
    "eng.x",
    "eng_",
  ]) {
    expect(languageSchema.safeParse(name).success).toBe(false);
  }
});
