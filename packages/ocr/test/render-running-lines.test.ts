import type { Page } from "@legible/shared/document";
import { expect, test } from "vitest";
import { pageMarkdown } from "../src/render/markdown.ts";
import { findRunningLines, markRunningLines } from "../src/render/running-lines.ts";
import { makeBlock, makePage } from "./render-trees.ts";

async function marked(pages: Page[]): Promise<Page[]> {
  async function* each() {
    yield* pages;
  }
  const running = await findRunningLines(each());
  return pages.map((page) => markRunningLines(page, running));
}

const typesOf = (page: Page | undefined) => page?.blocks.map((block) => block.type);

test("lines that come again at the edges and page numbers are marked, and left out of the running text", async () => {
  const pages = [1, 2, 3].map((number) =>
    makePage(number, [
      makeBlock(`p${number}b1`, 20, 10, ["Annual report 2024"]),
      makeBlock(`p${number}b2`, 20, 200, [`Text of page ${number} goes on`]),
      makeBlock(`p${number}b3`, 400, 562, [`${number}`]),
    ]),
  );
  const [first] = await marked(pages);
  expect(typesOf(first)).toEqual(["header", "paragraph", "footer"]);
  expect(first && pageMarkdown(first)).toBe("Text of page 1 goes on");
});

test("headings that differ only in their number, text in the middle and the lines of a single page stay", async () => {
  const heading = (number: number) =>
    makeBlock(`p${number}b1`, 20, 10, [`${number} Results`], { type: "heading", level: 2 });
  const same = (number: number) => makeBlock(`p${number}b2`, 20, 250, ["The same sentence"]);
  const pages = [1, 2].map((number) => makePage(number, [heading(number), same(number)]));
  expect((await marked(pages)).map(typesOf)).toEqual([
    ["heading", "paragraph"],
    ["heading", "paragraph"],
  ]);
  expect((await marked([makePage(1, [makeBlock("p1b1", 20, 10, ["Annual report"])])])).map(typesOf)).toEqual([
    ["paragraph"],
  ]);
});

test("a hyphen at the end of a line goes when the word goes on", () => {
  const text = pageMarkdown(
    makePage(1, [makeBlock("p1b1", 20, 10, ["a photo-", "graph from TZ-", "32071 and well-", "Known"])]),
  );
  expect(text).toBe("a photograph from TZ- 32071 and well- Known");
});
