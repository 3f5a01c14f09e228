import { callTRPCProcedure } from "@trpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Context } from "../src/context.ts";
import { findSession } from "../src/session/find.ts";
import { administers, readsAdmin, router } from "../src/trpc.ts";
import { type Person, type TestApi, testApi } from "./api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const answer = administers.output(z.string()).query(({ ctx }) => ctx.session.role);
const look = readsAdmin.output(z.string()).query(({ ctx }) => ctx.session.role);
const probe = router({ probe: answer, look });

function call(person: Person | undefined, path: "probe" | "look"): Promise<unknown> {
  const token = /legible_session=([^;]+)/u.exec(person?.cookie ?? "")?.[1];
  const ctx: Context = {
    deps: api.deps,
    request: { id: "test", address: "127.0.0.1", userAgent: undefined },
    cookies: { access: token, refresh: undefined, set: () => undefined, clear: () => undefined },
    findSession: async () => (token === undefined ? undefined : findSession(api.deps, token)),
  };
  const input = { getRawInput: async () => undefined, signal: undefined, batchIndex: 0 };
  return callTRPCProcedure({ router: probe, path, type: "query", ctx, ...input });
}

test.each(["probe", "look"] as const)(
  "an administrator's procedure (%s) is for administrators, as the database has it at that moment",
  async (path) => {
    const [user, administrator] = [await api.person(), await api.person("admin")];
    await expect(call(undefined, path)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(call(user, path)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(call(administrator, path)).resolves.toBe("admin");
    await api.database.asOwner("update tool_ocr_users set role = 'user' where id = $1", [administrator.id]);
    await expect(call(administrator, path)).rejects.toMatchObject({ code: "FORBIDDEN" });
  },
);
