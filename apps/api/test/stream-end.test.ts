// A stream was allowed once and goes on for minutes: it ends at the next check (Deps.streamCheckMs) after its reason is gone. No document
// changes here, so nothing but that check wakes it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeScene, type Scene } from "./access/scene.ts";
import { type Person, type TestApi, testApi } from "./api.ts";
import { open } from "./event-stream.ts";

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const sql = (statement: string, ...values: unknown[]) => api.database.asOwner(statement, values);
const past = "now() - interval '1 second'";

type Way = (scene: Scene) => Promise<unknown>;
const ok = async (response: Promise<Response>) => expect((await response).status).toBe(200);
/** Another session of the same person. */
const elsewhere = async ({ owner }: Scene): Promise<Person> => {
  const again = await api.person();
  await sql("UPDATE tool_ocr_sessions SET user_id = $1 WHERE id = $2", owner.id, again.sessionId);
  return again;
};

const sessionEnds: Record<string, Way> = {
  "the person signs out": ({ owner }) => ok(owner.mutate("auth.logout")),
  "the person signs out everywhere": async (scene) => ok((await elsewhere(scene)).mutate("auth.logoutAll")),
  "the person ends that session": async (scene) =>
    ok((await elsewhere(scene)).mutate("auth.revokeSession", { id: scene.owner.sessionId })),
  "the person changes the password elsewhere": async (scene) =>
    ok(
      (await elsewhere(scene)).mutate("auth.changePassword", {
        current: "correct horse battery",
        next: "another long one",
      }),
    ),
  "an administrator ends the person's sessions": ({ admin, owner }) =>
    ok(admin.mutate("admin.revokeSessions", { userId: owner.id })),
  "an administrator changes the person's role": ({ admin, owner }) =>
    ok(admin.mutate("admin.setRole", { userId: owner.id, role: "admin" })),
  "the person is disabled": ({ owner }) => sql("UPDATE tool_ocr_users SET disabled_at = now() WHERE id = $1", owner.id),
  "the session is removed": ({ owner }) => sql("DELETE FROM tool_ocr_sessions WHERE id = $1", owner.sessionId),
  "the session was not used for its time": ({ owner }) =>
    sql(`UPDATE tool_ocr_sessions SET expires_at = ${past} WHERE id = $1`, owner.sessionId),
  "the session has lasted its time": ({ owner }) =>
    sql(`UPDATE tool_ocr_sessions SET absolute_expires_at = ${past} WHERE id = $1`, owner.sessionId),
};

const tokenEnds: Record<string, (scene: Scene, tokenId: number) => Promise<unknown>> = {
  "it is revoked": ({ owner }, id) => ok(owner.mutate("auth.revokeApiToken", { id })),
  "it is over": (_scene, id) => sql(`UPDATE tool_ocr_api_tokens SET expires_at = ${past} WHERE id = $1`, id),
  "it loses its scope": (_scene, id) =>
    sql("UPDATE tool_ocr_api_tokens SET scopes = '{tasks:write}' WHERE id = $1", id),
  "its person is disabled": ({ owner }) => sql("UPDATE tool_ocr_users SET disabled_at = now() WHERE id = $1", owner.id),
  "its person's role changes": ({ admin, owner }) =>
    ok(admin.mutate("admin.setRole", { userId: owner.id, role: "admin" })),
};

/** Both kinds of stream, with nothing left to tell. */
async function openBoth(person: Person, taskId: string) {
  const watch = await open(person, "task.watch", { taskId });
  expect(await watch.next()).toMatchObject({ event: "message" });
  return [watch, await open(person, "task.watchAll", {})];
}

async function expectEnd(streams: Awaited<ReturnType<typeof openBoth>>): Promise<void> {
  for (const stream of streams) {
    expect(await stream.next()).toMatchObject({
      event: "serialized-error",
      data: { data: { appCode: "UNAUTHENTICATED" } },
    });
    expect(await stream.next()).toBeUndefined();
  }
}

describe("the streams of a session end when", () => {
  test.each(Object.entries(sessionEnds))("%s", async (_name, end) => {
    const scene = await makeScene(api);
    const streams = await openBoth(scene.owner, await scene.task(scene.owner, "completed"));
    const bystander = await open(scene.other, "task.watchAll", {});
    await end(scene);
    await expectEnd(streams);
    // Somebody else's goes on.
    expect(api.deps.streams.get(scene.other.id)).toBe(1);
    expect(api.deps.streams.has(scene.owner.id)).toBe(false);
    bystander.close();
  });
});

describe("the streams of a token end when", () => {
  test.each(Object.entries(tokenEnds))("%s", async (_name, end) => {
    const scene = await makeScene(api);
    const token = await scene.token(scene.owner, ["tasks:read"]);
    const streams = await openBoth(token, await scene.task(scene.owner, "completed"));
    await end(scene, token.tokenId);
    await expectEnd(streams);
  });
});

test("a stream of one session outlives the end of another", async () => {
  const scene = await makeScene(api);
  const stream = await open(scene.owner, "task.watchAll", {});
  await ok((await elsewhere(scene)).mutate("auth.logout"));
  // Checks go by, and then a change is still told.
  await new Promise((resolve) => setTimeout(resolve, 3 * api.deps.streamCheckMs));
  const taskId = await scene.task(scene.owner, "waiting");
  expect(await stream.next()).toMatchObject({ event: "message", data: { task: { taskId } } });
  stream.close();
});
