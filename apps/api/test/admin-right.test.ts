import { callTRPCProcedure } from "@trpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Context } from "../src/context.ts";
import { findSession } from "../src/session/find.ts";
import { admin, router } from "../src/trpc.ts";
import { type Person, type TestApi, testApi } from "./api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const probe = router({ probe: admin.output(z.string()).query(({ ctx }) => ctx.session.role) });

function call(person: Person | undefined): Promise<unknown> {
  const token = /legible_session=([^;]+)/u.exec(person?.cookie ?? "")?.[1];
  const ctx: Context = {
    deps: api.deps,
    request: { id: "test", address: "127.0.0.1", userAgent: undefined },
    cookies: { access: token, refresh: undefined, set: () => undefined, clear: () => undefined },
    findSession: async () => (token === undefined ? undefined : findSession(api.deps, token)),
  };
  const input = { getRawInput: async () => undefined, signal: undefined, batchIndex: 0 };
  return callTRPCProcedure({ router: probe, path: "probe", type: "query", ctx, ...input });
}

test("an administrator's procedure is for administrators, as the database has it at that moment", async () => {
  const [user, administrator] = [await api.person(), await api.person("admin")];
  await expect(call(undefined)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(call(user)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(call(administrator)).resolves.toBe("admin");
  await api.database.asOwner("update tool_ocr_users set role = 'user' where id = $1", [administrator.id]);
  await expect(call(administrator)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
