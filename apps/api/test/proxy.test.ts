// Whose address counts. What a proxy tells is believed of the proxies in TRUST_PROXY only, one hop at a time.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEnv } from "../src/env.ts";
import { makeScene, password } from "./access/scene.ts";
import { type TestApi, testApi } from "./api.ts";

let direct: TestApi;
let behind: TestApi;
let elsewhere: TestApi;
beforeAll(async () => {
  direct = await testApi();
  behind = await testApi({ trustProxy: readEnv({ TRUST_PROXY: "loopback, 10.0.0.5 10.1.0.0/16" }).trustProxy ?? [] });
  // Its proxy is another one than the one that calls.
  elsewhere = await testApi({ trustProxy: ["10.0.0.5"] });
});
afterAll(async () => {
  await Promise.all([direct, behind, elsewhere].map((api) => api.close()));
});

const own = "127.0.0.1";

/** What the server made of a sign-in that came with these headers: the address it wrote down, the cookie's Secure, and strict transport. */
async function seen(api: TestApi, headers: Record<string, string>) {
  const { owner } = await makeScene(api);
  const response = await fetch(`${api.origin}/api/v2/auth/login`, {
    method: "POST",
    headers: { origin: api.origin, "content-type": "application/json", ...headers },
    body: JSON.stringify({ provider: "password", email: owner.email, password }),
  });
  const written = "address FROM tool_ocr_audit_logs WHERE user_id = $1 AND action = 'login'";
  const [session] = await api.database.asOwner<{ address: string }>(`SELECT ${written}`, [owner.id]);
  return {
    status: response.status,
    address: session?.address,
    secure: response.headers.getSetCookie().every((cookie) => /; Secure/iu.test(cookie)) && response.status === 200,
    strict: response.headers.has("strict-transport-security"),
  };
}

const forged = {
  "x-forwarded-for": "192.0.2.66",
  "x-forwarded-proto": "https",
  "x-real-ip": "192.0.2.66",
  forwarded: "for=192.0.2.66;proto=https;host=evil.example",
  "cf-connecting-ip": "192.0.2.66",
  "true-client-ip": "192.0.2.66",
};

test("by default nothing that a caller says of itself counts", async () => {
  expect(await seen(direct, forged)).toEqual({ status: 200, address: own, secure: false, strict: false });
});

test("nor where the caller is none of the proxies that are named", async () => {
  expect(await seen(elsewhere, forged)).toEqual({ status: 200, address: own, secure: false, strict: false });
});

describe("behind a named proxy", () => {
  test.each([
    ["one hop", "192.0.2.1", "192.0.2.1"],
    ["two named proxies in a row", "192.0.2.1, 10.0.0.5", "192.0.2.1"],
    ["three", "192.0.2.1, 10.1.2.3, 10.0.0.5", "192.0.2.1"],
    ["something invented at the left", "203.0.113.66, 192.0.2.1, 10.0.0.5", "192.0.2.1"],
    ["a named proxy invented at the left", "10.0.0.5, 192.0.2.1", "192.0.2.1"],
    ["a proxy that is not named", "192.0.2.1, 198.51.100.1", "198.51.100.1"],
    ["IPv6", "2001:db8::1", "2001:db8::1"],
  ])("%s: the nearest address that is no proxy counts", async (_name, chain, address) => {
    expect(await seen(behind, { "x-forwarded-for": chain })).toMatchObject({ status: 200, address });
  });

  test("a forged address that is no address is none of a proxy's, and does not break the sign-in", async () => {
    for (const chain of ["<script>", "192.0.2.1, nonsense", `${"1, ".repeat(500)}1`]) {
      expect(await seen(behind, { "x-forwarded-for": chain })).toMatchObject({ status: 200 });
    }
  });

  test("https is what the proxy says it is", async () => {
    expect(await seen(behind, { "x-forwarded-proto": "https" })).toMatchObject({ secure: true, strict: true });
    expect(await seen(behind, { "x-forwarded-proto": "http" })).toMatchObject({ secure: false, strict: false });
    // The nearest proxy's word is the last one.
    expect(await seen(behind, { "x-forwarded-proto": "https, http" })).toMatchObject({ secure: false, strict: false });
  });
});

describe("the host that an Origin is held against", () => {
  const evil = { "x-forwarded-host": "evil.example", origin: "http://evil.example" };

  test("is that of the request by default, and of a named proxy behind one that renames it", async () => {
    expect(await seen(direct, evil)).toMatchObject({ status: 403 });
    expect(await seen(elsewhere, evil)).toMatchObject({ status: 403 });
    const renamed = { "x-forwarded-host": "ocr.example.org", origin: "https://ocr.example.org" };
    expect(await seen(behind, renamed)).toMatchObject({ status: 200 });
    expect(await seen(behind, { ...renamed, origin: "https://evil.example" })).toMatchObject({ status: 403 });
  });
});

test("guesses cannot hide behind invented addresses, nor put the blame on others", async () => {
  const { owner } = await makeScene(direct);
  const guess = (address: string) =>
    fetch(`${direct.origin}/api/v2/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": address },
      body: JSON.stringify({ provider: "password", email: owner.email, password: "wrong" }),
    });
  for (let at = 0; at < 3; at++) await guess(`192.0.2.${at}`);
  const [row] = await direct.database.asOwner<{ failures: number }>(
    "SELECT failures FROM legible_sign_in_attempts WHERE key LIKE 'address %' ORDER BY failures DESC",
  );
  expect(row?.failures).toBe(3);
});
