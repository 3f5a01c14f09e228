import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findHardCodedText } from "./hard-coded-text.ts";

const source = join(import.meta.dirname, "../src");
const components = globSync("**/*.tsx", { cwd: source }).sort();

test("there are components to look at", () => {
  expect(components.length).toBeGreaterThan(40);
});

test.each(components)("%s takes its texts from the messages", (name) => {
  expect(findHardCodedText(readFileSync(join(source, name), "utf8"))).toEqual([]);
});

describe("a text is found", () => {
  test.each([
    ["between tags", "const a = <p>Hello</p>;"],
    ["in Chinese", "const a = <p>你好</p>;"],
    ["as a value", 'const a = <p>{"Hello"}</p>;'],
    ["in a condition", 'const a = <p>{ok ? messages.a : "Hello"}</p>;'],
    ["behind a condition", 'const a = <p>{ok && "Hello"}</p>;'],
    ["as an alternative", 'const a = <p>{name ?? "nobody"}</p>;'],
    ["in a template", "const a = <p>{`Hello`}</p>;"],
    ["in a sum", 'const a = <p>{"Hello " + name}</p>;'],
    ["in a label", 'const a = <Button aria-label="Close" />;'],
    ["in a placeholder", 'const a = <TextInput placeholder={"Name"} />;'],
    ["in a title that depends", 'const a = <a title={ok ? "Yes, please" : title} />;'],
    ["in handed-over props", 'const a = <Modal closeButtonProps={{ "aria-label": "Close" }} />;'],
    ["in a notification", 'notifications.show({ message: "Saved." });'],
    ["deep inside", "const a = list.map((x) => <li key={x}><b>{x}</b><i>Hello</i></li>);"],
  ])("%s", (_, text) => {
    expect(findHardCodedText(text)).toHaveLength(1);
  });
});

test.each([
  "const a = <p className='big' role='status'>{messages.hello}</p>;",
  "const a = <p>{count} / {total} – {`–`}</p>;",
  "const a = <Kbd>?</Kbd>;",
  'const a = <Button title={messages.close} variant={ok ? "default" : "subtle"} />;',
])("what is no text is left alone: %s", (text) => {
  expect(findHardCodedText(text)).toEqual([]);
});
