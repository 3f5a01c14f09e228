// Requests that no honest client sends, as bytes. Each is refused cleanly or cut off; the server stays well, and its log says nothing of
// what was sent.
import { once } from "node:events";
import { connect } from "node:net";
import { maxBatchSize } from "@legible/shared/limits";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Person, type TestApi, testApi } from "./api.ts";
import { createTask } from "./files.ts";
import { parseAnswer, sendRaw } from "./raw.ts";

/** Stands in every request; must not stand in the log. */
const secret = "zx81-confidential-words";

let api: TestApi;
let person: Person;
beforeAll(async () => {
  api = await testApi({ patience: { headersMs: 300, jsonMs: 300, requestMs: 1_500, checkMs: 50 } });
  person = await api.person();
});
afterAll(() => api.close());

afterEach(async () => {
  expect((await fetch(`${api.origin}/health/ready`)).status).toBe(200);
  expect((await person.query("auth.me")).status).toBe(200);
  const log = JSON.stringify(api.logged);
  expect(log).not.toContain(secret);
  expect(log).not.toContain("Unexpected error");
  expect({}).not.toHaveProperty("polluted");
});

const crlf = "\r\n";
/** A request of these lines, and a body if there is one. */
const request = (lines: string[], body = "") => `${lines.join(crlf)}${crlf}${crlf}${body}`;
const host = "Host: legible.example";
const close = "Connection: close";
const json = "Content-Type: application/json";
const cookie = () => `Cookie: ${person.cookie}`;
const origin = "Origin: http://legible.example";
const post = (path: string, body: string, ...more: string[]) =>
  request(
    [`POST ${path} HTTP/1.1`, host, close, json, origin, cookie(), ...more, `Content-Length: ${body.length}`],
    body,
  );

/** One answer with an error of ours in it, or none at all: never two, never a page, never a fault of the server. */
async function expectRefused(...pieces: string[]): Promise<number> {
  const { status, body, text } = await sendRaw(api.origin, ...pieces);
  expect.soft(text.match(/HTTP\/1\.1 /gu)?.length ?? 0, text).toBeLessThanOrEqual(1);
  if (status === 0) return 0;
  expect.soft(status, text).toBeGreaterThanOrEqual(400);
  expect.soft(status, text).toBeLessThan(500);
  expect.soft(text).not.toMatch(/<html|\.ts\b|node_modules|node:/u);
  expect.soft(body).toContain('"requestId"');
  return status;
}

describe("headers", () => {
  test("more than 16 kB of them are refused", async () => {
    const one = await expectRefused(request([`GET /?${secret} HTTP/1.1`, host, close, `X-A: ${"a".repeat(20_000)}`]));
    const many = Array.from({ length: 2_000 }, (_, at) => `X-${at}: ${secret}`);
    expect([one, await expectRefused(request(["GET / HTTP/1.1", host, close, ...many]))]).toEqual([431, 431]);
    expect(await expectRefused(request([`GET /${"a".repeat(20_000)} HTTP/1.1`, host, close]))).toBe(431);
  });

  test("ones that do not arrive in time are given up", async () => {
    const { status } = await sendRaw(api.origin, `GET / HTTP/1.1${crlf}${host}${crlf}X-A: ${secret}`);
    expect(status).toBe(408);
  });

  test.each([
    ["two lengths that differ", ["Content-Length: 4", "Content-Length: 400"]],
    ["two lengths that agree", ["Content-Length: 4", "Content-Length: 4"]],
    ["a list of lengths", ["Content-Length: 4, 4"]],
    ["a negative length", ["Content-Length: -4"]],
    ["a length with a sign", ["Content-Length: +4"]],
    ["a length in hexadecimal", ["Content-Length: 0x4"]],
    ["a length and chunks", ["Content-Length: 4", "Transfer-Encoding: chunked"]],
    ["chunks and a length", ["Transfer-Encoding: chunked", "Content-Length: 4"]],
    ["chunks that are not last", ["Transfer-Encoding: chunked, identity"]],
    ["chunks spelt otherwise", ["Transfer-Encoding: xchunked"]],
    ["chunks behind a tab", ["Transfer-Encoding:\tchunked\x0b"]],
    ["a space before the colon", ["Content-Length : 4"]],
    ["a header over two lines", ["X-A: b", " Content-Length: 4"]],
    ["a NUL", ["X-A: a\0b", "Content-Length: 4"]],
    ["a bare carriage return", ["X-A: a\rContent-Length: 4"]],
    ["no name", [": x", "Content-Length: 4"]],
  ])("%s: the rest of the connection is no second request", async (_name, lines) => {
    const smuggled = request(["GET /health/live HTTP/1.1", host, `X-Secret: ${secret}`]);
    const bytes = request(["POST /api/v2/auth/logout HTTP/1.1", host, json, origin, ...lines], `abcd${smuggled}`);
    await expectRefused(bytes);
  });

  test.each([
    ["none", []],
    ["two", [host, "Host: evil.example"]],
    ["an empty one", ["Host: "]],
    ["one with a path", ["Host: legible.example/evil"]],
    ["one with a name and password", ["Host: a@legible.example"]],
    ["one with a space", ["Host: legible example"]],
    ["one with a quote", ['Host: legible.example"><script>']],
    ["one with a port that is none", ["Host: legible.example:port"]],
    ["one without end", [`Host: ${"a".repeat(300)}`]],
  ])("Host: %s", async (_name, hosts) => {
    expect(await expectRefused(request(["GET /trpc/auth.providers HTTP/1.1", ...hosts, close]))).toBe(400);
  });
});

describe("addresses", () => {
  test.each([
    "/%",
    "/%zz",
    "/trpc/%e0%a4%a",
    "/api/v2/tasks/%ff%fe",
    "/%00",
    "/..%2f..%2f..%2fetc/passwd",
    "/assets/%2e%2e/%2e%2e/package.json",
    "/..%5c..%5cwindows",
    "/api/v2/tasks/%00/source",
    "/api/v2/tasks/..%2f..%2fadmin/source",
    "/trpc/__proto__",
    "/trpc/constructor",
    "/trpc/auth.__proto__",
    "/trpc/auth.me.toString",
    `/trpc/${"a,".repeat(400)}a`,
    "/api/v2/tasks/constructor",
    "/api/v2/tasks?page=%00",
    "/api/v2/tasks?__proto__[polluted]=1&page=x",
    "/trpc/task.list?input=%7B%22__proto__%22%3A%7B%22polluted%22%3A1%7D%7D",
    "/trpc/task.list?input=%7B",
    "//evil.example/api/v2/auth/me",
    "http://evil.example/trpc/auth.providers",
    "http://legible.example/trpc/auth.providers",
    "https://user:word@legible.example/",
    "ftp://legible.example/",
    "legible.example:443",
    "*",
    "trpc/auth.providers",
    "/a b",
    "/\x01",
  ])("GET %s", async (address) => {
    await expectRefused(request([`GET ${address} HTTP/1.1`, host, close, cookie(), `X-Secret: ${secret}`]));
  });

  test.each(["CONNECT legible.example:443", "OPTIONS *", "TRACE /", "PRI *", "GET /", "BREW /tea", "get /health/live"])(
    "%s with an odd method or version",
    async (start) => {
      const version = start === "GET /" ? "HTTP/3.7" : start === "PRI *" ? "HTTP/2.0" : "HTTP/1.1";
      await expectRefused(request([`${start} ${version}`, host, close]));
    },
  );

  test("a NUL in what is searched for or filtered by finds nothing and breaks nothing", async () => {
    for (const path of [
      `/trpc/task.search?input=${encodeURIComponent('{"text":"a\\u0000b"}')}`,
      "/api/v2/tasks?filename=%00",
    ]) {
      const { status } = await sendRaw(api.origin, request([`GET ${path} HTTP/1.1`, host, close, cookie()]));
      expect.soft(status, path).toBeLessThan(500);
      expect.soft(status, path).toBeGreaterThanOrEqual(200);
    }
  });
});

describe("bodies", () => {
  test("of JSON that does not arrive in time are given up", async () => {
    const lines = ["POST /trpc/auth.logout HTTP/1.1", host, json, origin, "Content-Length: 5000"];
    await expectRefused(request(lines, `"${secret}`));
  });

  test("of a file that stops arriving are given up, and nothing of them is kept", async () => {
    const taskId = await createTask(person);
    const lines = [`PUT /api/v2/tasks/${taskId}/files/1 HTTP/1.1`, host, origin, cookie(), "Content-Length: 900000"];
    await expectRefused(request(lines, `%PDF-1.7 ${secret}`));
    expect(await api.database.asOwner("SELECT FROM tool_ocr_task_files WHERE uploaded_at IS NOT NULL")).toEqual([]);
  });

  test("larger than is taken are refused before they are read, announced or in chunks", async () => {
    expect(
      await expectRefused(request(["POST /trpc/auth.logout HTTP/1.1", host, close, json, "Content-Length: 999999999"])),
    ).toBe(413);
    const chunk = `10000${crlf}${"a".repeat(0x10000)}${crlf}`;
    const chunked = request(["POST /trpc/auth.logout HTTP/1.1", host, close, json, "Transfer-Encoding: chunked"]);
    const status = await expectRefused(chunked, ...Array<string>(8).fill(chunk), `0${crlf}${crlf}`);
    expect([413, 0]).toContain(status);
  });

  test.each([
    ["a size that is none", `zz${crlf}abcd`],
    ["a size without end", `${"f".repeat(40)}${crlf}abcd`],
    ["an extension without end", `4;${"x".repeat(40_000)}${crlf}abcd${crlf}0${crlf}${crlf}`],
    ["less than they announce", `8${crlf}abcd${crlf}0${crlf}${crlf}`],
  ])("in chunks with %s", async (_name, chunks) => {
    await expectRefused(
      request(["POST /trpc/auth.logout HTTP/1.1", host, close, json, "Transfer-Encoding: chunked"], chunks),
    );
  });

  test.each([
    ["a hundred thousand lists in each other", `{"json":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["objects in each other", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
    ["__proto__", `{"__proto__":{"polluted":"${secret}"},"files":[]}`],
    ["constructor", `{"constructor":{"prototype":{"polluted":"${secret}"}},"files":[]}`],
    ["a number without end", `{"files":${"9".repeat(100_000)}}`],
    ["no JSON", `{"files": ${secret}`],
    ["two documents", `{"files":[]}{"files":[]}`],
    ["bytes that are no UTF-8", `{"files":"\xff\xfe"}`],
    ["nothing but a NUL", "\0"],
    ["a list where an object belongs", "[]"],
  ])("of JSON: %s", async (_name, body) => {
    for (const path of ["/trpc/task.create", "/api/v2/tasks"]) {
      expect(await expectRefused(post(path, body))).toBe(400);
    }
  });

  test("a batch that is too large is refused as a whole", async () => {
    const names = Array<string>(maxBatchSize + 1)
      .fill("auth.me")
      .join(",");
    expect(
      await expectRefused(request([`GET /trpc/${names}?batch=1&input=%7B%7D HTTP/1.1`, host, close, cookie()])),
    ).toBe(400);
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [at, { [secret]: at }])));
    expect(await expectRefused(post(`/trpc/${names}?batch=1`, body))).toBe(400);
  });
});

test("two hundred connections that say nothing keep nobody waiting and are closed", async () => {
  const port = Number(new URL(api.origin).port);
  const sockets = Array.from({ length: 200 }, () => connect(port, "127.0.0.1"));
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  for (const socket of sockets) socket.on("error", () => undefined).write("GET / HT");
  expect((await person.query("auth.me")).status).toBe(200);
  await Promise.all(sockets.map((socket) => (socket.closed ? undefined : once(socket.resume(), "close"))));
  expect((await person.query("auth.me")).status).toBe(200);
});

test("an honest request's answer is never what is said of the bytes behind it", async () => {
  const honest = request(["GET /health/live HTTP/1.1", host]);
  for (const wait of [0, 100]) {
    const { text } = await sendRaw(api.origin, honest, wait, `GET /${secret} NOT-HTTP${crlf}${crlf}`);
    const [first = "", second = ""] = text.split(/(?=HTTP\/1\.1 )/u);
    if (wait > 0 || first !== "") expect(parseAnswer(first)).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    if (second !== "") expect(parseAnswer(second).status).toBe(400);
  }
});
