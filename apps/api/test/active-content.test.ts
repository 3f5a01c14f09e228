// What people upload, and what is made of it, never reaches a browser as something to show or run: not by its bytes, its name or its type.
import { resultEndings, resultFormatSchema } from "@legible/shared/result-format";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeScene, type Scene } from "./access/scene.ts";
import { refusal, type TestApi, testApi } from "./api.ts";
import { createTask, putFile, uploadedTask } from "./files.ts";

let api: TestApi;
let scene: Scene;
beforeAll(async () => {
  api = await testApi();
  scene = await makeScene(api);
});
afterAll(() => api.close());

const script = "<script>alert(document.domain)</script>";
const html = `<!doctype html><html><body onload="alert(1)">${script}</body></html>`;
const bytes = (text: string) => Buffer.from(text, "latin1");

/** What each browser needs to be told, whatever the file is. */
function expectInert(headers: Headers, extension: string, what: string): void {
  const [, name = ""] = /^attachment; filename="([^"]*)"; /u.exec(headers.get("content-disposition") ?? "") ?? [];
  expect.soft(name.slice(-extension.length), what).toBe(extension);
  expect.soft(headers.get("x-content-type-options"), what).toBe("nosniff");
  expect.soft(headers.get("content-security-policy"), what).toBe("sandbox; default-src 'none'");
  expect.soft(headers.get("cross-origin-resource-policy"), what).toBe("same-origin");
  // Types that a browser shows as a page, runs as a script or applies as a style.
  expect
    .soft(headers.get("content-type"), what)
    .not.toMatch(/html(?!;)|^text\/html|svg|xhtml|javascript|ecmascript|css/iu);
}

/** Files that are two things at once: by their first bytes harmless, and a page or a script to whoever reads on. */
const doubles: Record<string, { bytes: Buffer; type: string; extension: string }> = {
  "a PDF that goes on as a page": { bytes: bytes(`%PDF-1.7\n${html}`), type: "application/pdf", extension: ".pdf" },
  "a page that says it is a PDF, which readers look for in the first kilobyte": {
    bytes: bytes(`<!--%PDF-1.7-->${html}`),
    type: "application/pdf",
    extension: ".pdf",
  },
  "a GIF that is a script": {
    bytes: bytes(`GIF89a/*\0\0\0*/=1;alert(1)//${html}`),
    type: "image/gif",
    extension: ".gif",
  },
  "a PNG that holds a page": {
    bytes: bytes(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${html}`),
    type: "image/png",
    extension: ".png",
  },
  "a JPEG that holds a page": { bytes: bytes(`\xff\xd8\xff\xfe\0\x80${html}`), type: "image/jpeg", extension: ".jpg" },
};
const names = [
  "x.html",
  "x.svg",
  "x.xhtml",
  "x.js",
  "x.pdf.html",
  "x.html ",
  "x.html%00.pdf",
  '"><script>.html',
  "x.hta",
];

describe("an upload comes back as what its bytes are, to be kept and not to be shown:", () => {
  test.each(Object.entries(doubles))("%s", async (_what, { bytes: content, type, extension }) => {
    for (const name of names) {
      const taskId = await uploadedTask(scene.owner, new Uint8Array(content), name);
      for (const headers of [{}, { range: "bytes=0-9" }, { accept: "text/html" }]) {
        const answer = await scene.owner.fetch(`/api/v2/tasks/${taskId}/source`, { headers });
        expect.soft(answer.headers.get("content-type"), name).toBe(type);
        expectInert(answer.headers, extension, name);
      }
    }
  });
});

test.each([
  ["a page", html],
  ["a page after white space", `\n\n  ${html}`],
  ["a page with a byte order mark", `\xef\xbb\xbf${html}`],
  ["a drawing", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`],
  ["a script", "alert(1)"],
])("%s is not taken at all, whatever it calls itself", async (_what, content) => {
  for (const [name, type] of [
    ["x.pdf", "application/pdf"],
    ["x.html", "text/html"],
    ["x.svg", "image/svg+xml"],
  ] as const) {
    const taskId = await createTask(scene.owner, { files: [{ name, size: content.length }] });
    const put = scene.owner.fetch(`/api/v2/tasks/${taskId}/files/1`, {
      method: "PUT",
      headers: { "content-type": type },
      body: bytes(content),
    });
    expect(await refusal(put)).toEqual({ status: 415, code: "UNSUPPORTED_TYPE" });
  }
});

test("results in every format, also those that are made of HTML, are files", async () => {
  const taskId = await scene.task(scene.owner, "completed");
  for (const format of resultFormatSchema.options) {
    const answer = await scene.owner.fetch(`/api/v2/tasks/${taskId}/download/${format}`);
    expect.soft(answer.status, format).toBe(200);
    expectInert(answer.headers, resultEndings[format], format);
  }
  const exported = await scene.admin.fetch("/api/v2/admin/audit-logs/export");
  expect(exported.headers.get("content-disposition")).toMatch(/^attachment; /u);
  expect(exported.headers.get("content-security-policy")).toContain("sandbox");
});

test("the picture of a page is a picture, in a sandbox", async () => {
  const taskId = await scene.task(scene.owner, "completed");
  const { headers } = await scene.owner.fetch(`/api/v2/tasks/${taskId}/pages/1/preview`, {
    headers: { accept: "text/html" },
  });
  expect(headers.get("content-type")).toBe("image/jpeg");
  expect(headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("names and inputs come back as JSON only, in answers and in refusals", async () => {
  const name = `${html.slice(0, 100)}.pdf`;
  const taskId = await createTask(scene.owner, { files: [{ name, size: 1 }] });
  const answers = [
    await scene.owner.fetch(`/api/v2/tasks/${taskId}`, { headers: { accept: "text/html" } }),
    await scene.owner.fetch(`/api/v2/tasks?filename=${encodeURIComponent(script)}`, {
      headers: { accept: "text/html" },
    }),
    await scene.owner.fetch(`/api/v2/tasks/${encodeURIComponent(script)}`, { headers: { accept: "text/html" } }),
    await scene.owner.fetch(`/trpc/${encodeURIComponent(script)}`, { headers: { accept: "text/html" } }),
    await scene.owner.fetch(`/api/v2/${encodeURIComponent(script)}`, { headers: { accept: "text/html" } }),
    await putFile(scene.owner, script, bytes(html)),
  ];
  for (const { url, headers } of answers) {
    expect.soft(headers.get("content-type"), url).toMatch(/^application\/json/u);
    expect.soft(headers.get("x-content-type-options"), url).toBe("nosniff");
  }
});
