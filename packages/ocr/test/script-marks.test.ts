import { joinWords } from "@legible/shared/tree-words";
import { expect, test } from "vitest";
import { withEastAsianMarks } from "../src/pipeline/script/east-asian-marks.ts";

function read(...words: (string | [text: string, confidence: number])[]): string {
  const made = words.map((word, index) => {
    const [text, confidence] = typeof word === "string" ? [word, 90] : word;
    return { text, confidence, bbox: [index * 20, 0, index * 20 + 18, 20] as [number, number, number, number] };
  });
  const line = { bbox: [0, 0, 400, 20] as [number, number, number, number], words: made };
  const { words: marked } = withEastAsianMarks({ ...line, baseline: [0, 18, 400, 18] });
  return joinWords(marked.map(({ text }) => text));
}

test.each([
  ["commas and colons after a letter", ["電話", ":", "是", ",", "如有"], "電話：是，如有"],
  ["a comma before a letter", ["12.4%", ",", "同比"], "12.4%，同比"],
  ["brackets around or beside letters", ["盒", "(A4)", "(", "元", ")"], "盒（A4）（元）"],
  ["a bracket whose pair is on another line", ["系統", "(", "以下"], "系統（以下"],
])("%s are of full width", (_name, words, text) => {
  expect(read(...words)).toBe(text);
});

test("marks inside numbers, in Latin text and after figures stay as they are", () => {
  expect(read("共", "3,180", "元")).toBe("共 3,180 元");
  expect(read("YOY", "(%)", "小計")).toBe("YOY (%) 小計");
  expect(read("Yes,", "(really):", "fine")).toBe("Yes, (really): fine");
  expect(read("下午", "3:30")).toBe("下午 3:30");
});

test("a quotation mark without confidence was a space; a real one stands without spaces among letters", () => {
  expect(read("菩薩", ["”", 4], "行深")).toBe("菩薩行深");
  expect(read("這些", ["“", 88], "游人", ["”", 81], "陶醉")).toBe("這些“游人”陶醉");
  expect(read("he", ["“", 4], "said")).toBe("he “ said");
});
