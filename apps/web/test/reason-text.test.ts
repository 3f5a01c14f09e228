// Why a page was read as it was, in the language of the person.
import { reasonCodeSchema } from "@legible/shared/reading-reason";
import { expect, test } from "vitest";
import { en } from "../src/messages/en.ts";
import { zhTw } from "../src/messages/zh-tw.ts";
import { reasonText } from "../src/task/reason-text.ts";
import { textsOf } from "./texts-of.ts";

const otherLanguage = {
  reason: "Reading it in eng + deu made little sense; it seems to be in chi_tra.",
  reasonCode: "OTHER_LANGUAGE" as const,
  reasonParams: { read: ["eng", "deu"], seems: ["chi_tra"] },
};

test("a reason is told in the person's language, and so are the languages in it", () => {
  expect(reasonText(otherLanguage, en)).toEqual({
    text: "Reading it in English + German made little sense; it seems to be in Chinese (Traditional).",
    lang: undefined,
  });
  expect(reasonText(otherLanguage, zhTw)).toEqual({
    text: "以英文 + 德文讀取的結果不太合理，這一頁似乎是中文（繁體）。",
    lang: undefined,
  });
});

test("every code is one whole sentence in Chinese, and no two are the same", () => {
  const texts = textsOf(zhTw.reasons, en.reasons).map(([, text]) => text);
  expect(texts).toHaveLength(reasonCodeSchema.values.size);
  expect(new Set(texts).size).toBe(texts.length);
  for (const text of texts) expect(text).toMatch(/^\p{Script=Han}[^。]*。$/u);
});

test("a row of an earlier version shows the server's sentence, as English", () => {
  const row = { reason: "Image.", reasonCode: null, reasonParams: null };
  expect(reasonText(row, zhTw)).toEqual({ text: "Image.", lang: "en" });
});

test.each(["SUNG_ALOUD", "toString"])("a code that the page does not know (%s) shows the server's sentence", (code) => {
  const row = { reason: "It was sung.", reasonCode: code as "IMAGE", reasonParams: {} };
  expect(reasonText(row, zhTw)).toEqual({ text: "It was sung.", lang: "en" });
});

test("a row without a reason shows none", () => {
  expect(reasonText({ reason: null, reasonCode: null, reasonParams: null }, zhTw)).toBeNull();
});
