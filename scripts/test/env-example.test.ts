// .env.example is the reference of all settings: it must name each one, and its defaults must be the real ones.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { readEnv } from "../../apps/api/src/env.ts";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, ".env.example"), "utf8");
const example = parseEnv(text);

test("names every variable that the server reads, and no other", () => {
  const source = readFileSync(join(root, "apps/api/src/env.ts"), "utf8");
  const read = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): \[/gmu)].map((match) => match[1]);
  expect(read).toContain("DATA_DIR");
  expect(Object.keys(example).sort()).toEqual(read.sort());
});

test("shows the defaults: a server with these settings is the same as one without any", () => {
  expect(readEnv(example)).toEqual(readEnv({}));
});

test("explains each variable in the line above it", () => {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (/^[A-Z]/u.test(line)) expect(`${lines[index - 1]} ${line}`).toMatch(/^# .{10,}\. [A-Z_]+=/u);
  }
});
