// Other applications of the organisation, which call with tokens that Microsoft Entra gave them for themselves.
import { createHmac } from "node:crypto";
import { apiTokenScopeSchema } from "@legible/shared/session";
import { generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entraKeys } from "../src/entra/keys.ts";
import { makeScene } from "./access/scene.ts";
import { callers, data, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { appClaims, clientId, type Issuer, openIssuer, someApp, tenantId } from "./entra-issuer.ts";

let api: TestApi;
let issuer: Issuer;
let chief: Person;

beforeAll(async () => {
  issuer = await openIssuer();
  const entra = { tenantId, clientId, allowedTenants: [tenantId], cloud: issuer.cloud };
  api = await testApi({ identity: { localAccounts: true, entra, keys: entraKeys(), adminEmails: [] } });
  chief = await api.person("admin");
});
afterAll(async () => {
  await api.close();
  issuer.close();
});

const every = apiTokenScopeSchema.options;
const unauthenticated = { status: 401, code: "UNAUTHENTICATED" };
const forbidden = { status: 403, code: "FORBIDDEN" };
const now = () => Math.floor(Date.now() / 1000);
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** A call as such an application makes it: a token, no cookie. */
const by = (token: string) => callers(api.origin, "", token);
const signed = (roles: readonly string[], over: object = {}, app = someApp()) =>
  issuer.sign({ ...appClaims(app, roles), ...over });
const list = async (token: string) => refusal(by(token).query("task.list", {}));
const newTask = { files: [{ name: "a.pdf", size: 1 }] };

describe("an application with roles of ours", () => {
  test("does what its roles name and nothing else", async () => {
    const [reads, writes] = [by(await signed(["tasks:read"])), by(await signed(["tasks:write", "user", "Tasks:Read"]))];
    expect((await reads.query("task.list", {})).status).toBe(200);
    expect((await reads.fetch("/api/v2/tasks")).status).toBe(200);
    expect(await refusal(reads.mutate("task.create", newTask))).toEqual(forbidden);
    expect((await writes.mutate("task.create", newTask)).status).toBe(200);
    expect(await refusal(writes.query("task.list", {}))).toEqual(forbidden);
    expect(await refusal(writes.query("admin.users", {}))).toEqual(forbidden);
    expect((await by(await signed(["admin:read"])).query("admin.users", {})).status).toBe(200);
  });

  test("is never at the page: it makes no tokens, ends no sessions and changes no account, with every role", async () => {
    const program = by(await signed([...every, "admin"]));
    for (const [procedure, input] of [
      ["auth.createApiToken", { name: "x", scopes: ["tasks:read"] }],
      ["auth.logoutAll", undefined],
      ["admin.setRole", { userId: chief.id, role: "user" }],
      ["admin.createUser", { email: "x@example.org", displayName: "x" }],
    ] as const) {
      expect([procedure, await refusal(program.mutate(procedure, input))]).toEqual([procedure, forbidden]);
    }
  });

  test("has documents of its own, whichever token it comes with, and nobody else's", async () => {
    const [app, other] = [someApp(), someApp()];
    const { taskId } = await data<{ taskId: string }>(by(await signed(every, {}, app)).mutate("task.create", newTask));
    const found = async (caller: Pick<Person, "query">) => (await caller.query("task.get", { taskId })).status;
    expect(await found(by(await signed(["tasks:read"], {}, app)))).toBe(200);
    for (const stranger of [by(await signed(every, {}, other)), chief, await api.person()]) {
      expect(await found(stranger)).toBe(404);
    }
    const scene = await makeScene(api);
    const theirs = await scene.task(scene.owner, "completed");
    expect((await by(await signed(every, {}, app)).query("task.get", { taskId: theirs })).status).toBe(404);
    const rows = await api.database.asOwner(
      "SELECT role, entra_app_id AS app FROM tool_ocr_users WHERE entra_object_id = $1",
      [app.oid],
    );
    expect(rows).toEqual([{ role: "user", app: app.azp }]);
  });

  test("is one, and is written down once, when its first calls come at the same moment", async () => {
    const app = someApp();
    const token = await signed(["tasks:read"], {}, app);
    const answers = await Promise.all(Array.from({ length: 10 }, () => by(token).query("task.list", {})));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const entries = await api.database.asOwner(
      `SELECT action, actor, outcome, details FROM tool_ocr_audit_logs a JOIN tool_ocr_users u ON u.id = a.user_id
       WHERE u.entra_object_id = $1`,
      [app.oid],
    );
    expect(entries).toEqual([{ action: "app.admitted", actor: "app", outcome: "success", details: { app: app.azp } }]);
  });

  test("is named in the entry of what it does, and of what it was refused", async () => {
    const app = someApp();
    const program = by(await signed(["tasks:write"], {}, app));
    await data(program.mutate("task.create", newTask));
    await program.query("task.list", {});
    const { items } = await data<{ items: object[] }>(chief.query("admin.auditLogs", { actor: "app", limit: 2 }));
    expect(items).toMatchObject([
      { action: "call.refused", actor: "app", tokenId: null, details: { app: app.azp, code: "FORBIDDEN" } },
      { action: "task.created", actor: "app", tokenId: null, details: { app: app.azp } },
    ]);
  });

  test("is shown to administrators as an application, gets no role from them, and is locked out by them", async () => {
    const app = someApp();
    const token = await signed(every, {}, app);
    const stream = await by(token).fetch(`/trpc/task.watchAll?input=${encodeURIComponent("{}")}`, {
      headers: { accept: "text/event-stream" },
    });
    const found = await data<{ items: { id: number }[] }>(chief.query("admin.users", { text: app.azp }));
    expect(found.items).toMatchObject([{ account: "app", role: "user", displayName: `Application ${app.azp}` }]);
    const userId = found.items[0]?.id;
    const conflict = { status: 409, code: "CONFLICT" };
    expect(await refusal(chief.mutate("admin.setRole", { userId, role: "admin" }))).toEqual(conflict);
    expect(await refusal(chief.mutate("admin.resetPassword", { userId }))).toEqual(conflict);
    await data(chief.mutate("admin.setDisabled", { userId, disabled: true }));
    expect(await list(token)).toEqual(unauthenticated);
    // The body ends by itself: the server noticed.
    expect(await stream.text()).toContain("UNAUTHENTICATED");
    await data(chief.mutate("admin.setDisabled", { userId, disabled: false }));
    expect((await by(token).query("task.list", {})).status).toBe(200);
  });

  test("ends its streams when its token is over", async () => {
    // A minute of skew is granted.
    const token = await signed(["tasks:read"], { exp: now() + 1 });
    const stream = await by(token).fetch(`/trpc/task.watchAll?input=${encodeURIComponent("{}")}`, {
      headers: { accept: "text/event-stream" },
    });
    expect(stream.status).toBe(200);
    expect(await stream.text()).toContain("UNAUTHENTICATED");
  });

  test("does not close the setup of an installation that has no administrator yet", async () => {
    const empty = await testApi({ identity: { ...api.deps.identity, keys: entraKeys() } });
    try {
      expect((await callers(empty.origin, "", await signed(every)).query("task.list", {})).status).toBe(200);
      const stranger = callers(empty.origin, "");
      expect(await data(stranger.query("auth.providers"))).toMatchObject({ setupNeeded: true });
      const first = { email: "first@example.org", password: "a long enough password", displayName: "First" };
      expect((await stranger.mutate("auth.setup", first)).status).toBe(200);
    } finally {
      await empty.close();
    }
  });
});

describe("a token is not taken", () => {
  test.each<[string, Record<string, unknown>]>([
    ["for another application", { aud: "00000003-0000-0000-c000-000000000000" }],
    ["for an address of ours instead of our id", { aud: `api://${clientId}` }],
    ["for several applications", { aud: [clientId, "another"] }],
    ["of another issuer", { iss: "https://login.example.org/v2.0" }],
    ["of a tenant that is not admitted", { tid: crypto.randomUUID() }],
    ["of the older kind", { ver: "1.0", iss: `https://sts.windows.net/${tenantId}/` }],
    ["that is over", { exp: now() - 120 }],
    ["that is not good yet", { nbf: now() + 300 }],
    ["without an end", { exp: undefined }],
    ["without a beginning", { nbf: undefined }],
    ["without an object", { oid: undefined }],
    ["of a person who lets an application act (scp)", { scp: "tasks:read" }],
    ["of a person: another subject than object", { sub: "a pairwise subject" }],
    ["without a subject", { sub: undefined }],
    ["with a person's name", { preferred_username: "ada@example.org" }],
    ["with the nonce of a sign-in", { nonce: "x" }],
    ["that says it is a person's", { idtyp: "user" }],
    ["of a client that proved nothing", { azpacr: "0" }],
    ["of a client that does not say how it proved itself", { azpacr: undefined }],
    ["without a client", { azp: undefined }],
    ["of a client that is no id", { azp: "x" }],
    ["without roles", { roles: undefined }],
    ["with roles of somebody else's only", { roles: ["Mail.Read", "tasks", "TASKS:READ"] }],
    ["whose roles are one string", { roles: "tasks:read" }],
  ])("%s", async (_name, over) => {
    const app = someApp();
    expect(await list(await signed(every, over, app))).toEqual(unauthenticated);
    expect(await api.database.asOwner("SELECT 1 FROM tool_ocr_users WHERE entra_app_id = $1", [app.azp])).toEqual([]);
  });

  test("that is an ID token, also one of somebody who has such roles", async () => {
    expect(await list(await issuer.sign({ roles: every, sub: "pairwise", nonce: "x" }))).toEqual(unauthenticated);
    expect(await list(await issuer.sign({ roles: every }))).toEqual(unauthenticated);
  });

  test("signed with another key, changed afterwards, signed by nobody, or with the public key as a secret", async () => {
    const stranger = await generateKeyPair("RS256");
    const claims = appClaims(someApp(), every);
    expect(await list(await issuer.sign(claims, { key: stranger.privateKey }))).toEqual(unauthenticated);
    const [header = "", , signature = ""] = (await issuer.sign(claims)).split(".");
    const body = encoded({ ...claims, tid: tenantId, aud: clientId });
    expect(await list(`${header}.${body}.${signature}`)).toEqual(unauthenticated);
    expect(await list(`${encoded({ alg: "none", typ: "JWT" })}.${body}.`)).toEqual(unauthenticated);
    const unsigned = `${encoded({ alg: "HS256", kid: "key-0" })}.${body}`;
    const secret = JSON.stringify(await issuer.publicKey());
    const forged = createHmac("sha256", secret).update(unsigned).digest("base64url");
    expect(await list(`${unsigned}.${forged}`)).toEqual(unauthenticated);
  });

  test("that is none, or too long for one", async () => {
    for (const token of ["a.b.c", "..", ".", `${"a".repeat(9_000)}.b.c`]) {
      expect(await list(token)).toEqual(unauthenticated);
    }
  });

  test("beside a good cookie, which does not help", async () => {
    const response = chief.fetch("/api/v2/tasks", { headers: { authorization: "Bearer a.b.c" } });
    expect(await refusal(response)).toEqual(unauthenticated);
  });

  test("where Entra is not set up", async () => {
    const plain = await testApi();
    try {
      const call = callers(plain.origin, "", await signed(every)).query("task.list", {});
      expect(await refusal(call)).toEqual(unauthenticated);
    } finally {
      await plain.close();
    }
  });

  test("and why stands in the log, without the token", async () => {
    const token = await signed(every, { exp: now() - 120 });
    await list(token);
    expect(api.logged.at(-1)).toBeDefined();
    const told = api.logged.filter(({ message }) => message === "A token of Microsoft Entra was not taken.");
    expect(told.at(-1)).toMatchObject({ reason: "ERR_JWT_EXPIRED", requestId: expect.any(String) });
    expect(JSON.stringify(api.logged)).not.toContain(token);
  });

  test("an application's own, to sign in as a person", async () => {
    const turnIn = async (over: object) =>
      refusal(
        callers(api.origin, "").mutate("auth.login", {
          provider: "entra",
          idToken: await issuer.sign({ ...appClaims(someApp(), ["admin"]), ...over }),
        }),
      );
    expect(await turnIn({})).toEqual(unauthenticated);
    expect(await turnIn({ azpacr: undefined })).toEqual(unauthenticated);
    expect(await turnIn({ sub: "another" })).toEqual(unauthenticated);
    expect(await turnIn({ name: "Ada", preferred_username: "ada@example.org" })).toEqual(unauthenticated);
  });
});

test("keys that cannot be fetched are no reason to call the application unknown", async () => {
  issuer.answer(500);
  const fresh = await testApi({ identity: { ...api.deps.identity, keys: entraKeys() } });
  try {
    const program = callers(fresh.origin, "", await signed(every));
    expect(await refusal(program.query("task.list", {}))).toEqual({ status: 503, code: "UNAVAILABLE" });
    issuer.answer(undefined);
    expect((await program.query("task.list", {})).status).toBe(200);
  } finally {
    issuer.answer(undefined);
    await fresh.close();
  }
});
