import { reasonSentence } from "@legible/shared/reason-sentences";
import { expect, test } from "vitest";
import { decide } from "../src/pipeline/inspect.ts";
import type { PdfCharacter } from "../src/pipeline/pdf/pdf-characters.ts";

function written(text: string, more: Partial<PdfCharacter> = {}): PdfCharacter[] {
  return [...text].map((one) => ({
    text: one,
    bbox: [0, 0, 1, 1],
    size: 40,
    baseline: 1,
    bold: false,
    fixed: false,
    visible: true,
    unmapped: false,
    generated: false,
    content: undefined,
    added: false,
    turned: false,
    ...more,
  }));
}

const paper = { imageShare: 0, letterPaths: 0 };
const scan = { imageShare: 1, letterPaths: 0 };
const sentence = "Enough letters to be worth keeping, more than a stamp would have on it. ".repeat(4);
/** What a bad layer over a scan holds. */
const noise = "em;m|lr ;m|~IwI mv |mO~ 10rn0 ~|O|r e|0I vII |e00vl em~ e|m|e eIl~mx vr IIw|I;;r ".repeat(3);
const shifted = [...sentence.toUpperCase()].map((one) => (/[A-Z]/u.test(one) ? shift(one) : one)).join("");

/** Three letters on, as fonts do whose codes are not characters. */
function shift(letter: string): string {
  return String.fromCharCode(((letter.charCodeAt(0) - 65 + 3) % 26) + 65);
}

/** A page of print with so many words of a font that does not say what it shows: less than a seventh of the page. */
function headed(words: number): PdfCharacter[] {
  const heading = Array.from({ length: words }, () => [...written("Title", { unmapped: true }), ...written(" ")]);
  return [...heading.flat(), ...written(sentence)];
}

test.each([
  ["a page of print", sentence],
  ["a short page", "Page 7 of 12"],
  ["a parts list", "PN-4432 12x40 A4-80g 3.5mm M8x30 10k 22uF BC547 6V3 K-17 ".repeat(5) + sentence],
  ["Chinese with numbers", "中華民國103年6月13日第2次會議紀錄，出席人員共12人。A4紙5箱，單價2,500元。".repeat(8)],
  ["Russian", "Съешь же ещё этих мягких французских булок да выпей чаю, не торопясь никуда. ".repeat(4)],
  ["Polish", "Zażółć gęślą jaźń, a potem przeczytaj wszystkie strony bez pośpiechu i błędów. ".repeat(4)],
  ["Czech", "Příliš žluťoučký kůň úpěl ďábelské ódy, vlk zhltl hrst zrn a pak šel domů spát. ".repeat(4)],
])("%s keeps its text", (_what, text) => {
  expect(decide(written(text), paper, "auto").decision).toBe("text");
});

test.each([
  ["a stamp on a scan", written("RECEIVED 12 May 2020"), scan],
  ["an invisible layer over a scan", written(sentence, { visible: false }), scan],
  ["characters without a meaning", written(sentence, { unmapped: true }), paper],
  ["a page whose headings are in a font without meaning", headed(5), paper],
  ["private characters", written("\ue001\ue002\ue003".repeat(20)), paper],
  ["control characters", written("\u0003\u0011\u0012".repeat(20)), paper],
  ["replacement characters", written("\ufffd\ufffd ".repeat(20)), paper],
  ["the codes of a font", written('"7+%-'), paper],
  ["marks and letters in a jumble", written(noise), paper],
  ["a shifted alphabet", written(shifted), paper],
  ["outlined text with a page number written", written("– Page 7 of 12 –"), { imageShare: 0, letterPaths: 900 }],
  ["nothing written", [], { imageShare: 0, letterPaths: 900 }],
])("%s is recognised", (_what, characters, drawing) => {
  expect(decide(characters, drawing, "auto").decision).toBe("ocr");
});

test("bullets and symbols without a meaning are no reason to leave a page's text", () => {
  expect(decide(headed(4), paper, "auto").decision).toBe("text");
  const bullets = Array.from({ length: 12 }, () => [...written("\ue00f\ue010 "), ...written("one item of a list ")]);
  expect(decide(bullets.flat(), paper, "auto").decision).toBe("text");
});

test("a drawing with as many small paths as letters keeps its text", () => {
  expect(decide(written(sentence), { imageShare: 0, letterPaths: 400 }, "auto").decision).toBe("text");
});

test("forced pages are recognised whatever they hold", () => {
  expect(decide(written(sentence), paper, "force").decision).toBe("ocr");
});

test("skipping keeps any text that can be trusted, even an invisible layer or a single character", () => {
  expect(decide(written("7", { visible: false }), scan, "skip").decision).toBe("text");
  expect(decide(written(sentence, { visible: false }), scan, "skip").decision).toBe("text");
});

test("skipping does not keep gibberish, and recognises where there is no text", () => {
  expect(decide(written(noise, { visible: false }), scan, "skip").decision).toBe("ocr");
  expect(decide([], scan, "skip").decision).toBe("ocr");
});

test("the reason names what was counted", () => {
  expect(reasonSentence(decide(written(sentence), paper, "auto").reason)).toMatch(/\d letters and digits/u);
  expect(reasonSentence(decide(written(noise), paper, "auto").reason)).toMatch(/no words/u);
});
