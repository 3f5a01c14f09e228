import { expect, test } from "vitest";
import { symbolText } from "../src/pipeline/pdf/symbol-text.ts";
import { drawnPdf } from "./make-scan.ts";
import { readInProcess } from "./read-in-process.ts";

const font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
const line = (text: string, y: number, x = 20) => `BT /F1 10 Tf ${x} ${y} Td (${text}) Tj ET`;
const read = async (...content: string[]) => {
  const { text } = await readInProcess(drawnPdf([content.join("\n")], font));
  return text.split(/\n+/u);
};

test("a footer that is written first and a header that is written last stand where they are seen", async () => {
  const body = [line("The first line of the page", 150), line("The second line of the page", 100)];
  expect(await read(line("Footer", 10), ...body, line("Header", 185))).toEqual([
    "Header",
    "The first line of the page",
    "The second line of the page",
    "Footer",
  ]);
});

test("lines written in any order are read from top to bottom", async () => {
  const lines = ["first", "second", "third", "fourth", "fifth", "sixth"].map((text, index) => ({
    text: `the ${text} line`,
    y: 180 - index * 25,
  }));
  const written = [3, 0, 4, 1, 5, 2].map((index) => lines[index]).filter((one) => one !== undefined);
  expect(await read(...written.map(({ text, y }) => line(text, y)))).toEqual(lines.map(({ text }) => text));
});

test("the order of two columns written one after the other is kept", async () => {
  const left = ["a one", "a two", "a three"].map((text, index) => line(text, 150 - index * 30));
  const right = ["b one", "b two", "b three"].map((text, index) => line(text, 150 - index * 30, 120));
  expect(await read(...left, ...right)).toEqual(["a one", "a two", "a three", "b one", "b two", "b three"]);
});

test("turned text at the edge of a page is read last, in one line, and is no heading", async () => {
  const stamp = "BT /F1 20 Tf 0 1 -1 0 15 40 Tm (Stamp 1706) Tj ET";
  const { answer, text } = await readInProcess(
    drawnPdf([`${stamp} ${line("Words of the page itself", 150, 40)}`], font),
  );
  expect(text).toBe("Words of the page itself\n\nStamp 1706");
  expect(answer.page.blocks.map((block) => block.type)).toEqual(["paragraph", "paragraph"]);
});

test("a page all of which is turned is read as it is written", async () => {
  const turned = (text: string, x: number) => `BT /F1 10 Tf 0 1 -1 0 ${x} 20 Tm (${text}) Tj ET`;
  expect(await read(turned("Upper line of it", 50), turned("Lower line of it", 90))).toEqual([
    "Upper line of it",
    "Lower line of it",
  ]);
});

test("bullets of symbol fonts and ligatures are the text that they show", () => {
  expect([0xf0b7, 0xf0a7, 0xfb03, 0x41, 0].map(symbolText)).toEqual(["•", "▪", "ffi", "A", ""]);
});
