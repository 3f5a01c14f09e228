// The check that searches the log of every suite can fail: each kind of secret, in each way that a careless line would have it.
import { describe, expect, test } from "vitest";
import { makeScene, password, secret } from "./access/scene.ts";
import { callers, type Person, type TestApi, testApi } from "./api.ts";
import { createTask } from "./files.ts";

type Leak = { text: string; kind: string };

/** What a suite sends and is given, by the helpers that all suites use. */
const leaks: Record<string, (api: TestApi, person: Person) => Promise<Leak>> = {
  "a session's cookie": async (_api, person) => {
    await person.query("auth.me");
    return { text: person.cookie.split(/[=;]/u)[1] ?? "", kind: "cookie" };
  },
  "a cookie that an answer brought": async (_api, person) => {
    const answer = await person.mutate("auth.refresh");
    return { text: /=([^;]+)/u.exec(answer.headers.getSetCookie()[0] ?? "")?.[1] ?? "", kind: "cookie" };
  },
  "an API token": async (api) => {
    const scene = await makeScene(api);
    const token = await scene.token(scene.owner, ["tasks:read"]);
    let sent = "";
    const { fetch } = globalThis;
    globalThis.fetch = (input, init) => {
      sent = new Headers(init?.headers).get("authorization")?.slice("Bearer ".length) ?? "";
      return fetch(input, init);
    };
    await token.query("task.list", {});
    globalThis.fetch = fetch;
    return { text: sent, kind: "token" };
  },
  "a password": async (api) => {
    const { owner } = await makeScene(api);
    await callers(api.origin, "").mutate("auth.login", { provider: "password", email: owner.email, password });
    return { text: password, kind: "password" };
  },
  "a wrong password": async (api) => {
    const text = "wrong but telling";
    await callers(api.origin, "").mutate("auth.login", {
      provider: "password",
      email: "a@example.org",
      password: text,
    });
    return { text, kind: "password" };
  },
  "the e-mail address of a person": async (_api, person) => ({ text: person.email, kind: "email" }),
  "the name of a file": async (_api, person) => {
    const text = 'divorce "Müller".pdf';
    await createTask(person, { files: [{ name: text, size: 1 }] });
    return { text, kind: "name" };
  },
  "what was searched for": async (_api, person) => {
    const text = "a rare disease";
    await person.query("task.search", { text });
    return { text, kind: "text" };
  },
  "a filter of the list": async (_api, person) => {
    const text = "salary 2026";
    await person.fetch(`/api/v2/tasks?filename=${encodeURIComponent(text)}`);
    return { text, kind: "filename" };
  },
  "words of a document": async () => ({ text: secret, kind: "word of a document" }),
};

describe("found in the log at the end of a suite:", () => {
  test.each(Object.entries(leaks))("%s", async (_name, leak) => {
    const api = await testApi();
    const { text, kind } = await leak(api, await api.person());
    expect(text.length).toBeGreaterThan(7);
    const said: Record<string, (line: string) => void> = {
      "as a field": (line) => api.deps.log.info({ value: line }, "A line."),
      "deep in a field": (line) => api.deps.log.warn({ a: [{ b: `before ${line} after` }] }, "A line."),
      "in the message": (line) => api.deps.log.error({}, `It was ${line}.`),
      "in an address": (line) => api.deps.log.info({ url: `/x?y=${encodeURIComponent(line)}` }, "A line."),
    };
    for (const [how, say] of Object.entries(said)) {
      api.logged.length = 0;
      say(text);
      expect.soft(() => api.assertQuiet(), how).toThrow(`a ${kind}: `);
    }
    // And the end of the suite is where it is looked for.
    await expect(api.close()).rejects.toThrow("The log holds what it must not");
  });
});

test("a suite that logs what it may ends well", async () => {
  const api = await testApi();
  const person = await api.person();
  await createTask(person, { files: [{ name: "a private name.pdf", size: 1 }] });
  expect(api.logged.map(({ route }) => route)).toContain("/trpc/:path");
  await api.close();
});
