import { expect, test } from "vitest";
import { pageMarkdown } from "../src/render/markdown.ts";
import { drawnPdf } from "./make-scan.ts";
import { readInProcess } from "./read-in-process.ts";

const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} >>`;
const fonts = `/Font << /F1 ${font("Helvetica")} /F2 ${font("Courier")} >>`;
const text = (words: string, y: number, size = 9) => `BT /F1 ${size} Tf 10 ${y} Td (${words}) Tj ET`;
/** Courier's letters are 0.6 sizes wide; 4.8 pt at 8 pt. */
const typed = (words: string, y: number, places = 0) => `BT /F2 8 Tf ${20 + places * 4.8} ${y} Td (${words}) Tj ET`;
const prose = [
  text("The settings are kept in one file, which is read", 180),
  text("when the pump starts and whenever it is told to.", 169),
];
const after = [
  text("Nothing else has to be changed by hand, and", 60),
  text("the file can be copied to other pumps.", 49),
];

async function markdownOf(...content: string[]): Promise<string> {
  const { answer } = await readInProcess(drawnPdf([content.join("\n")], fonts));
  return pageMarkdown(answer.page);
}

test("lines of a program in a fixed-width font are one fenced block, with their indents and empty lines", async () => {
  const listing = [
    typed("port = 4065", 140),
    typed("if broken\\(port\\):", 130),
    typed("stop\\(\\)  # at once", 120, 4),
    typed("log_path = 1", 100),
  ];
  expect((await markdownOf(...prose, ...listing, ...after)).split("\n\n").slice(1, -1).join("\n\n")).toBe(
    "```\nport = 4065\nif broken(port):\n    stop()  # at once\n\nlog_path = 1\n```",
  );
});

test("values typed into a form, addresses and a page in a typewriter face are no listing", async () => {
  const values = [typed("Maria Jansen", 140), typed("14 Harbour Street", 130), typed("Rotterdam", 120)];
  const addresses = [typed("{ann,bob}@host.example", 110), typed("{eve}@host.example", 100)];
  expect(await markdownOf(...prose, ...values, ...addresses, ...after)).not.toContain("```");
  expect(await markdownOf(typed("port = 4065", 140), typed("rate = 7", 130), text("Page 1", 10))).not.toContain("```");
});

test("one line of a program stays in the running text", async () => {
  expect(await markdownOf(...prose, typed("port = 4065", 140), ...after)).not.toContain("```");
});
