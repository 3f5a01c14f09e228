import { errorCodeSchema } from "@legible/shared/errors";
import { failureCodeSchema } from "@legible/shared/failures";
import { noteCodeSchema } from "@legible/shared/notes";
import { taskStatusSchema } from "@legible/shared/status";
import { describe, expect, test } from "vitest";
import { sentenceOf } from "../src/api/problem.ts";
import { en } from "../src/messages/en.ts";

/** A whole sentence: begins with a capital, ends with a full stop. */
const sentence = /^[A-Z“].*[.]$/su;

describe("messages", () => {
  test.each([...errorCodeSchema.options, ...failureCodeSchema.options, "UNREACHABLE" as const])(
    "%s says what happened and what to do next, in whole sentences",
    (code) => {
      const { message, nextStep } = sentenceOf(en, { code, requestId: null });
      expect(message).toMatch(sentence);
      expect(nextStep).toMatch(sentence);
      expect(nextStep).not.toBe(message);
    },
  );

  test("no two codes share a sentence", () => {
    const all = [...Object.values(en.errors), ...Object.values(en.failures)].map(({ message }) => message);
    expect(new Set(all).size).toBe(all.length);
  });

  test.each(noteCodeSchema.options)("the note %s is whole sentences", (code) => {
    expect(en.notes[code]).toMatch(sentence);
  });

  test("every status has a word", () => {
    for (const status of taskStatusSchema.options) expect(en.statuses[status]).toMatch(/^[A-Z]\w+$/u);
  });

  test("a language without a name is shown by its code", () => {
    expect(en.languageName("chi_tra")).toBe("Chinese (Traditional)");
    expect(en.languageName("zzz")).toBe("zzz");
    expect(en.languageName("toString")).toBe("toString");
  });
});
