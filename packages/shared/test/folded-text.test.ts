import { expect, test } from "vitest";
import { findFolded, foldedTerms, foldText } from "../src/folded-text.ts";

test.each([
  ["Straße  ÉTÉ\n\tx", "straße été x"],
  ["E\u0301te\u0301", "été"],
  ["Ｆｕｌｌ　ｗｉｄｔｈ １２", "full width 12"],
  ["契 約\n書", "契約書"],
  ["合同 No 5 号", "合同 no 5 号"],
  ["한국어 문서", "한국어 문서"],
  ["  ", ""],
])("%j is compared as %j", (text, folded) => {
  expect(foldText(text)).toBe(folded);
  expect(foldText(folded)).toBe(folded);
});

test("what was found is marked where it stands in the text as it was written", () => {
  const text = "Der VERTRAG über 契\n約書, Cafe\u0301.";
  const hits = findFolded(text, foldedTerms("vertrag 契約 café"));
  expect(hits.map(([start, end]) => text.slice(start, end))).toEqual(["VERTRAG", "契\n約", "Cafe\u0301"]);
});

test("hits that touch or overlap are one, and what is not there is not found", () => {
  expect(findFolded("aaaa bab", ["aa", "aaa"])).toEqual([[0, 4]]);
  expect(findFolded("abc", ["d", ""])).toEqual([]);
});

test("a query is a set of words", () => {
  expect(foldedTerms(" Net  net 合計 ")).toEqual(["net", "合計"]);
});
