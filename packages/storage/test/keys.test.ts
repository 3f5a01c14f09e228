import { resultFormatSchema } from "@legible/shared/result-format";
import { expect, test } from "vitest";
import { assertKey, pageKey, resultBeside, resultKey, taskPrefix, uploadKey } from "../src/keys.ts";

const upload = "0f8fad5b-d9cb-469f-a165-70867728950e";

const task = "0b6f0a52-2f0e-4d0c-9b52-0123456789ab";
const lease = "11111111-2222-4333-8444-555555555555";

test("every key of a task is a valid key below the task's prefix, and no two are the same", () => {
  const keys = [
    uploadKey(task, 1, upload),
    uploadKey(task, 2, upload),
    pageKey(task, 1, 1, lease),
    pageKey(task, 1, 2, lease),
    pageKey(task, 2, 1, lease),
    ...resultFormatSchema.options.map((format) => resultKey(task, 1, lease, format)),
    resultKey(task, 2, lease, "pdf"),
  ];
  for (const key of keys) {
    expect(() => assertKey(key)).not.toThrow();
    expect(key.startsWith(taskPrefix(task))).toBe(true);
  }
  expect(new Set(keys).size).toBe(keys.length);
});

test("results of one assembly lie beside each other", () => {
  for (const format of resultFormatSchema.options) {
    expect(resultBeside(resultKey(task, 1, lease, "json"), format)).toBe(resultKey(task, 1, lease, format));
  }
  expect(() => resultBeside("../../etc/passwd", "pdf")).toThrow(TypeError);
});

test("one id gives one key, however its letters are written", () => {
  expect(uploadKey(task.toUpperCase(), 1, upload)).toBe(uploadKey(task, 1, upload));
});

test("an id that is no UUID or a number that is not whole makes no key", () => {
  for (const id of ["", "..", "../../etc", `${task}/..`, `${task}\n`, "1"]) {
    expect(() => taskPrefix(id)).toThrow(TypeError);
    expect(() => pageKey(task, 1, 1, id)).toThrow(TypeError);
  }
  for (const number of [-1, 1.5, Number.NaN, 2 ** 60]) expect(() => uploadKey(task, number, upload)).toThrow(TypeError);
});
