import { describe, expect, test } from "vitest";
import {
  fromReasonColumn,
  type ReadingReason,
  readingReasonSchema,
  reasonCodeSchema,
  toReasonColumn,
} from "../src/reading-reason.ts";
import { reasonSentence } from "../src/reason-sentences.ts";

const told: [ReadingReason, string][] = [
  [{ code: "IMAGE", params: {} }, "Image."],
  [{ code: "ANIMATED_IMAGE", params: {} }, "Animated image: only its first frame is read."],
  [{ code: "NOTHING_DRAWN", params: {} }, "Nothing is drawn on the page."],
  [{ code: "NOT_EXAMINED", params: {} }, "The page could not be examined."],
  [{ code: "EXAMINING_FAILED", params: { failure: "PAGE_TIMEOUT" } }, "The page could not be examined (PAGE_TIMEOUT)."],
  [{ code: "RECOGNITION_FORCED", params: {} }, "Recognition was asked for on every page."],
  [{ code: "NO_TEXT", params: {} }, "The page has no text."],
  [{ code: "PICTURES_ONLY", params: { percent: 98 } }, "No text; 98 % of the page is pictures."],
  [
    { code: "LITTLE_TEXT", params: { characters: 12, percent: 60 } },
    "Only 12 characters of text; 60 % of the page is pictures.",
  ],
  [{ code: "INVISIBLE_LAYER", params: {} }, "Only an invisible text layer over a picture."],
  [
    { code: "OUTLINED_LETTERS", params: { outlined: 900, written: 30 } },
    "Most letters are drawn as outlines (900, with 30 written).",
  ],
  [
    { code: "HARDLY_A_LETTER", params: { readable: 3, seen: 40 } },
    "The text holds hardly a letter or digit (3 of 40).",
  ],
  [
    { code: "UNKNOWN_CHARACTERS", params: { unknown: 50, written: 80 } },
    "The text does not say which characters it shows (50 of 80).",
  ],
  [{ code: "UNKNOWN_FONT", params: { words: 5 } }, "A font does not say which characters it shows (5 words)."],
  [{ code: "NO_WORDS", params: { odd: 30, words: 40 } }, "Most words of the text are no words (30 of 40)."],
  [
    { code: "NO_LANGUAGE", params: { vowels: 20, letters: 300 } },
    "The text's letters make no language (20 vowels among 300 letters).",
  ],
  [{ code: "HAS_CHARACTERS", params: { characters: 1234 } }, "The page has text (1234 characters)."],
  [{ code: "HAS_TEXT", params: { readable: 1234 } }, "The page has text (1234 letters and digits)."],
  [
    { code: "MAY_BE_COVERED", params: {} },
    "The page has text that something may cover; if it cannot be seen, the page is recognised.",
  ],
  [{ code: "TEXT_UNSEEN", params: {} }, "The page's text cannot be seen, so it was recognised."],
  [
    { code: "PICTURES_READ", params: { words: 9, pictures: 1 } },
    "The page keeps its text; 9 words were recognised in a picture on it.",
  ],
  [
    { code: "PICTURES_READ", params: { words: 9, pictures: 2 } },
    "The page keeps its text; 9 words were recognised in 2 pictures on it.",
  ],
  [
    { code: "OTHER_LANGUAGE", params: { read: ["eng", "deu"], seems: ["chi_tra"] } },
    "Reading it in eng + deu made little sense; it seems to be in chi_tra.",
  ],
  [{ code: "SAME_PAGE", params: { page: 3 } }, "Page 3 looks the same, so its reading was taken."],
  [{ code: "EARLIER_READING", params: {} }, "Taken from an earlier reading of the same file with the same options."],
];

test("every code is in the list below", () => {
  expect(new Set(told.map(([{ code }]) => code))).toEqual(reasonCodeSchema.values);
});

test.each(told)("%j comes back from its column as it was, with its sentence", (reason, sentence) => {
  const column = toReasonColumn(reason);
  expect(JSON.parse(column)).toEqual(reason);
  expect(fromReasonColumn(column)).toEqual({ sentence, reason });
  expect(reasonSentence(reason)).toBe(sentence);
});

test("a sentence of an earlier version is told as it stands, and no reason is no sentence", () => {
  expect(fromReasonColumn("Image.")).toEqual({ sentence: "Image.", reason: null });
  expect(fromReasonColumn(null)).toEqual({ sentence: null, reason: null });
});

test("what is too long for its column is kept as a sentence that fits", () => {
  const languages = Array.from({ length: 8 }, () => "abc_Somewhat_Somehows");
  const reason: ReadingReason = { code: "OTHER_LANGUAGE", params: { read: languages, seems: languages } };
  const column = toReasonColumn(reason);
  expect(column).toHaveLength(200);
  expect(fromReasonColumn(column)).toEqual({ sentence: reasonSentence(reason).slice(0, 200), reason: null });
});

describe("refused", () => {
  const languages = (...read: string[]) => ({ code: "OTHER_LANGUAGE", params: { read, seems: ["eng"] } });
  test.each<[string, unknown]>([
    ["a sentence", "Image."],
    ["nothing", null],
    ["an unknown code", { code: "PAY_AT_ONCE", params: {} }],
    ["the name of a method", { code: "toString", params: {} }],
    ["a code without its params", { code: "HAS_TEXT", params: {} }],
    ["no params", { code: "IMAGE" }],
    ["params of another code", { code: "IMAGE", params: { page: 1 } }],
    ["more beside it", { code: "IMAGE", params: {}, text: "x" }],
    ["a count that is no number", { code: "HAS_TEXT", params: { readable: "<b>1</b>" } }],
    ["a count that is not whole", { code: "HAS_TEXT", params: { readable: 1.5 } }],
    ["a count below nothing", { code: "HAS_TEXT", params: { readable: -1 } }],
    ["a count beyond all counting", { code: "HAS_TEXT", params: { readable: 1e300 } }],
    ["more than all of the page", { code: "PICTURES_ONLY", params: { percent: 101 } }],
    ["a failure that there is not", { code: "EXAMINING_FAILED", params: { failure: "x".repeat(100) } }],
    ["a language that is none", languages("<script>")],
    ["an overlong language", languages(`eng_${"x".repeat(100)}`)],
    ["too many languages", languages(...Array.from({ length: 9 }, () => "eng"))],
  ])("%s", (_what, said) => {
    expect(readingReasonSchema.safeParse(said).success).toBe(false);
    if (typeof said === "object" && said !== null) {
      expect(fromReasonColumn(JSON.stringify(said))).toEqual({ sentence: null, reason: null });
    }
  });

  test("half a column", () => {
    expect(fromReasonColumn('{"code":"IMAGE","par')).toEqual({ sentence: null, reason: null });
  });
});
