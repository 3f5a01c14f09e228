import { describe, expect, test } from "vitest";
import { chooseLanguage, languages, languageTags, localeOf, toLanguageChoice } from "../src/messages/languages.ts";

describe("the language of the page", () => {
  test.each([
    [["zh-TW", "en"], "zh-TW"],
    [["zh-Hant-HK"], "zh-TW"],
    [["en-GB", "zh-TW"], "en"],
    [["fr", "zh-TW", "en"], "zh-TW"],
    [["fr", "de"], "en"],
    [[], "en"],
  ])("is, for a browser that prefers %j, %s", (preferred, language) => {
    expect(chooseLanguage("auto", preferred)).toBe(language);
  });

  test("is the chosen one, whatever the browser prefers", () => {
    expect(chooseLanguage("zh-TW", ["en"])).toBe("zh-TW");
    expect(chooseLanguage("en", ["zh-TW"])).toBe("en");
  });

  test.each([
    ["zh-TW", "zh-TW"],
    ["en", "en"],
    ["auto", "auto"],
    ["tlh", "auto"],
    ["toString", "auto"],
    [null, "auto"],
  ])("was kept as %j: the choice is %s", (kept, choice) => {
    expect(toLanguageChoice(kept)).toBe(choice);
  });
});

test("numbers and dates are written as the person's variety of the language does", () => {
  expect(localeOf("en", ["de", "en-GB", "en-US"])).toBe("en-GB");
  expect(localeOf("en", ["zh-TW"])).toBe("en");
  expect(localeOf("zh-TW", ["en", "zh-HK"])).toBe("zh-HK");
  // Another script would bring its own characters into the dates.
  expect(localeOf("zh-TW", ["zh-CN"])).toBe("zh-TW");
  expect(localeOf("en", ["not a tag", "en_GB"])).toBe("en");
});

test.each(languageTags)("the texts of %s can be fetched and carry their own locale", async (tag) => {
  expect((await languages[tag].load()).locale).toBe(tag);
  expect((await languages[tag].loadAdmin()).title).not.toBe("");
  expect((await languages[tag].loadSettings()).title).not.toBe("");
});
