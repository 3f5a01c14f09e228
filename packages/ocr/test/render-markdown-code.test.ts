import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { expect, test } from "vitest";
import { pageMarkdown } from "../src/render/markdown.ts";
import { makeBlock, makePage } from "./render-trees.ts";

const line = fc
  .array(fc.string({ unit: fc.constantFrom(..."`~<|#-*1.aé\\ß&;"), minLength: 1, maxLength: 7 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((words) => words.join(" "));

test("any lines of a listing are read back as they are, and nothing in them ends it", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (lines) => {
      const block = makeBlock("p1b1", 10, 10, lines, { code: true });
      const end = makeBlock("p1b2", 10, 500, ["The end."]);
      const [code, ...rest] = fromMarkdown(pageMarkdown(makePage(1, [block, end]))).children;
      expect(code).toMatchObject({ type: "code", lang: null, value: lines.join("\n") });
      expect(rest.map((node) => node.type)).toEqual(["paragraph"]);
    }),
    { numRuns: 1000 },
  );
});
