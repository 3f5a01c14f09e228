import { createHmac } from "node:crypto";
import { generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entraKeys } from "../src/entra/keys.ts";
import { callers, data, refusal, type TestApi, testApi } from "./api.ts";
import { clientId, type Issuer, openIssuer, tenantId } from "./entra-issuer.ts";

let api: TestApi;
let issuer: Issuer;
let identity: TestApi["deps"]["identity"];

beforeAll(async () => {
  issuer = await openIssuer();
  identity = {
    localAccounts: true,
    entra: { tenantId, clientId, allowedTenants: [tenantId], cloud: issuer.cloud },
    keys: entraKeys(),
    adminEmails: ["chief@example.org"],
  };
  api = await testApi({ identity, attempts: unlimited });
});
afterAll(async () => {
  await api.close();
  issuer.close();
});

/** This suite tries more often than anybody may. */
const unlimited = { take: async () => undefined, forgive: async () => undefined };

type SignedIn = { user: { id: number; role: string; email: string } };
const turnIn = (idToken: string) => callers(api.origin, "").mutate("auth.login", { provider: "entra", idToken });
const signIn = async (over?: Record<string, unknown>) => data<SignedIn>(turnIn(await issuer.sign(over)));
const refused = async (token: string) => refusal(turnIn(token));
const now = () => Math.floor(Date.now() / 1000);
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
const unauthenticated = { status: 401, code: "UNAUTHENTICATED" };
const forbidden = { status: 403, code: "FORBIDDEN" };

describe("a person of the tenant", () => {
  test("is signed in, and is the same person at the next sign-in whatever the address says", async () => {
    const oid = crypto.randomUUID();
    const first = await turnIn(await issuer.sign({ oid }));
    expect(first.status).toBe(200);
    expect(first.headers.getSetCookie().every((cookie) => /HttpOnly/u.test(cookie))).toBe(true);
    const { user } = await data<SignedIn>(first);
    const cookie = first.headers.getSetCookie().map((each) => each.split(";")[0]);
    const me = callers(api.origin, cookie.join("; ")).query("auth.me");
    expect(await data(me)).toMatchObject({ user: { id: user.id }, account: "microsoft" });
    expect(user).toMatchObject({ role: "user", email: "ada@example.org" });
    const again = await signIn({ oid, preferred_username: "married@example.org" });
    expect(again.user).toMatchObject({ id: user.id, email: "married@example.org" });
  });

  test("is never joined to somebody with the same address, local or not", async () => {
    const local = await api.database.asSystem("test", (tx) =>
      tx.user.create({ data: { email: "same@example.org", displayName: "Local", role: "admin", passwordHash: "x" } }),
    );
    const one = await signIn({ preferred_username: "same@example.org" });
    const other = await signIn({ preferred_username: "same@example.org" });
    expect(new Set([local.id, one.user.id, other.user.id]).size).toBe(3);
    expect([one.user.role, other.user.role]).toEqual(["user", "user"]);
  });

  test("has the role that the tenant gives at this sign-in", async () => {
    const oid = crypto.randomUUID();
    expect((await signIn({ oid, roles: ["user"] })).user.role).toBe("user");
    expect((await signIn({ oid, roles: ["user", "admin"] })).user.role).toBe("admin");
    expect((await signIn({ oid, roles: ["user"] })).user.role).toBe("user");
    expect(await refused(await issuer.sign({ oid, roles: ["reader", "Admin"] }))).toEqual(forbidden);
  });

  test("is an administrator by address where the tenant uses no roles, and keeps a role that was given here", async () => {
    expect((await signIn({ preferred_username: "Chief@example.org" })).user.role).toBe("admin");
    expect((await signIn({ preferred_username: "chief@example.org", roles: ["user"] })).user.role).toBe("user");
    const oid = crypto.randomUUID();
    const { user } = await signIn({ oid });
    await api.database.asOwner("update tool_ocr_users set role = 'admin' where id = $1", [user.id]);
    expect((await signIn({ oid })).user.role).toBe("admin");
  });

  test("is refused when disabled here, when a guest, and when of another organisation", async () => {
    const oid = crypto.randomUUID();
    const { user } = await signIn({ oid });
    await api.database.asOwner("update tool_ocr_users set disabled_at = now() where id = $1", [user.id]);
    expect(await refused(await issuer.sign({ oid }))).toEqual(forbidden);
    expect(await refused(await issuer.sign({ acct: 1 }))).toEqual(forbidden);
    expect(await refused(await issuer.sign({ idp: "live.com" }))).toEqual(forbidden);
    const other = crypto.randomUUID();
    const foreign = { tid: other, iss: `${issuer.cloud}/${other}/v2.0` };
    expect(await refused(await issuer.sign(foreign))).toEqual(forbidden);
    const rows = await api.database.asOwner<{ reason: string }>(
      "select details->>'reason' as reason from tool_ocr_audit_logs where action = 'login.failed' and outcome = 'denied'",
    );
    const reasons = rows.map(({ reason }) => reason);
    for (const reason of ["disabled", "guest", "tenant", "role"]) expect(reasons).toContain(reason);
  });
});

describe("a token", () => {
  test.each<[string, Record<string, unknown>]>([
    ["for another application", { aud: "00000003-0000-0000-c000-000000000000" }],
    ["for several applications", { aud: [clientId, "another"] }],
    ["of another issuer", { iss: "https://login.example.org/v2.0" }],
    ["whose issuer is another tenant's", { iss: `https://login.microsoftonline.com/${crypto.randomUUID()}/v2.0` }],
    ["of the older kind", { ver: "1.0", iss: `https://sts.windows.net/${tenantId}/` }],
    ["that is over", { exp: now() - 120 }],
    ["that is not good yet", { nbf: now() + 300 }],
    ["without a person", { oid: undefined }],
    ["without an end", { exp: undefined }],
    ["without a beginning", { nbf: undefined }],
    ["without a tenant", { tid: undefined }],
    ["whose tenant is no id", { tid: "../../evil" }],
    ["whose roles are one string", { roles: "NotAdmin,admin" }],
    ["that gives access and says nobody's name", { scp: "User.Read" }],
    ["of an application", { idtyp: "app" }],
  ])("%s is refused", async (_name, over) => {
    expect(await refused(await issuer.sign(over))).toEqual(unauthenticated);
  });

  test("is taken with a minute of skew either way", async () => {
    expect((await turnIn(await issuer.sign({ exp: now() - 30 }))).status).toBe(200);
    expect((await turnIn(await issuer.sign({ nbf: now() + 30 }))).status).toBe(200);
  });

  test("is good for one sign-in, also when it comes twice at once", async () => {
    const token = await issuer.sign();
    const both = await Promise.all([turnIn(token), turnIn(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await refused(token)).toEqual(unauthenticated);
  });

  test("is not good once more in another spelling of its signature", async () => {
    const token = await issuer.sign();
    expect((await turnIn(token)).status).toBe(200);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (const spelling of [...letters].map((last) => token.slice(0, -1) + last)) {
      expect(await refused(spelling)).toEqual(unauthenticated);
    }
    for (const more of ["=", "==", " ", "\n"]) expect(await refused(token + more)).toEqual(unauthenticated);
  });

  test("signed with another key, changed afterwards, or signed by nobody is refused", async () => {
    const stranger = await generateKeyPair("RS256");
    expect(await refused(await issuer.sign({}, { key: stranger.privateKey }))).toEqual(unauthenticated);
    const [header = "", , signature = ""] = (await issuer.sign()).split(".");
    const claims = { ...{ tid: tenantId, oid: crypto.randomUUID(), roles: ["admin"] }, aud: clientId };
    expect(await refused(`${header}.${encoded(claims)}.${signature}`)).toEqual(unauthenticated);
    for (const alg of ["none", "None", "nOnE"]) {
      expect(await refused(`${encoded({ alg, typ: "JWT" })}.${encoded(claims)}.`)).toEqual(unauthenticated);
    }
  });

  test("signed with the public key as if it were a secret is refused", async () => {
    const body = `${encoded({ alg: "HS256", kid: "key-0" })}.${encoded({ tid: tenantId, oid: crypto.randomUUID() })}`;
    const secret = JSON.stringify(await issuer.publicKey());
    const signature = createHmac("sha256", secret).update(body).digest("base64url");
    expect(await refused(`${body}.${signature}`)).toEqual(unauthenticated);
  });

  test("that brings its own key, or is no token, is refused", async () => {
    const key = { jwk: await issuer.publicKey(), jku: "https://evil.example/keys" };
    const forged = `${encoded({ alg: "RS256", kid: "x", ...key })}.${encoded({ tid: tenantId })}.AAAA`;
    for (const token of [forged, "x", "a.b.c", "..", `${"a".repeat(16_000)}.b.c`]) {
      expect(await refused(token)).toEqual(unauthenticated);
    }
    // Longer ones do not even fit the schema.
    expect((await refused("a".repeat(1_000_000))).status).toBeGreaterThanOrEqual(400);
  });
});

describe("the keys", () => {
  test("are asked for once, not again for made-up keys, and anew after a while", async () => {
    const before = issuer.asked();
    const stranger = await generateKeyPair("RS256");
    for (let at = 0; at < 20; at++) {
      await refused(await issuer.sign({}, { key: stranger.privateKey, kid: `made-up-${at}` }));
    }
    expect(issuer.asked() - before).toBeLessThanOrEqual(1);
  });

  test("that cannot be fetched are no reason to call the person unknown", async () => {
    issuer.answer(500);
    const fresh = await testApi({ identity: { ...identity, keys: entraKeys() } });
    try {
      const token = await issuer.sign();
      const send = () => callers(fresh.origin, "").mutate("auth.login", { provider: "entra", idToken: token });
      expect(await refusal(send())).toEqual({ status: 503, code: "UNAVAILABLE" });
      issuer.answer(undefined);
      expect((await send()).status).toBe(200);
    } finally {
      issuer.answer(undefined);
      await fresh.close();
    }
  });

  test("are followed when the tenant changes them", async () => {
    const fresh = await testApi({ identity: { ...identity, keys: entraKeys() } });
    try {
      await issuer.rotate();
      const idToken = await issuer.sign();
      expect((await callers(fresh.origin, "").mutate("auth.login", { provider: "entra", idToken })).status).toBe(200);
    } finally {
      await fresh.close();
    }
  });
});

test("an address that turns in one forgery after the other is held back, one that signs people in is not", async () => {
  const limited = await testApi({ identity: { ...identity, keys: entraKeys() } });
  const send = (idToken: string) => callers(limited.origin, "").mutate("auth.login", { provider: "entra", idToken });
  try {
    for (let at = 0; at < 60; at++) expect((await send(await issuer.sign())).status).toBe(200);
    for (let at = 0; at < 50; at++) expect((await send("a.b.c")).status).toBe(401);
    expect(await refusal(send("a.b.c"))).toEqual({ status: 429, code: "RATE_LIMITED" });
  } finally {
    await limited.close();
  }
});

describe("what the sign-in page is offered", () => {
  test("Microsoft where it is set up, with what MSAL needs", async () => {
    expect(await data(callers(api.origin, "").query("auth.providers"))).toEqual({
      password: true,
      entra: { clientId, authority: `${issuer.cloud}/${tenantId}` },
      setupNeeded: false,
    });
  });

  test("no passwords where they are off: neither sign-in nor first set-up", async () => {
    const closed = await testApi({ identity: { ...identity, localAccounts: false } });
    try {
      const stranger = callers(closed.origin, "");
      expect(await data(stranger.query("auth.providers"))).toMatchObject({ password: false, setupNeeded: false });
      const account = { email: "first@example.org", password: "a long enough password" };
      expect(await refusal(stranger.mutate("auth.login", { provider: "password", ...account }))).toMatchObject({
        status: 400,
      });
      expect(await refusal(stranger.mutate("auth.setup", { ...account, displayName: "First" }))).toMatchObject({
        status: 409,
      });
    } finally {
      await closed.close();
    }
  });

  test("no Microsoft where it is not set up", async () => {
    const plain = await testApi();
    try {
      const stranger = callers(plain.origin, "");
      expect(await data(stranger.query("auth.providers"))).toMatchObject({ entra: null });
      const idToken = await issuer.sign();
      expect(await refusal(stranger.mutate("auth.login", { provider: "entra", idToken }))).toMatchObject({
        status: 400,
      });
    } finally {
      await plain.close();
    }
  });
});
