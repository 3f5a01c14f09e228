import { expect, test } from "vitest";
import { drawnPdf } from "./make-scan.ts";
import { readInProcess } from "./read-in-process.ts";

const fonts = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
const text = (words: string, y: number, x = 10, size = 8) => `BT /F1 ${size} Tf ${x} ${y} Td (${words}) Tj ET`;
const body = ["This is the running text of the page, which", "is set small below its title."].map((words, index) =>
  text(words, 90 - index * 9),
);

async function headings(...content: string[]): Promise<string[]> {
  const { answer } = await readInProcess(drawnPdf([[...content, ...body].join("\n")], fonts));
  return answer.page.blocks
    .filter((block) => block.type === "heading")
    .map(({ lines }) => lines.map((line) => line.words.map((word) => word.text).join(" ")).join(" / "));
}

test("two wide lines of a title are one heading, beginning alike or centred", async () => {
  const one = ["Instructions for the electronic / submission of a thesis"];
  expect(
    await headings(text("Instructions for the electronic", 170, 10, 12), text("submission of a thesis", 154, 10, 12)),
  ).toEqual(one);
  expect(
    await headings(text("Instructions for the electronic", 170, 10, 12), text("submission of a thesis", 154, 32, 12)),
  ).toEqual(one);
});

test("large lines that stand elsewhere or further down are headings of their own", async () => {
  const two = ["Instructions for all", "Thesis"];
  expect(await headings(text("Instructions for all", 170, 10, 12), text("Thesis", 154, 75, 12))).toEqual(two);
  expect(await headings(text("Instructions for all", 170, 10, 12), text("Thesis", 148, 10, 12))).toEqual(two);
});
