import type { AppRouter } from "@legible/api/router";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { expect, test } from "vitest";
import { refreshLink } from "../src/api/refresh-link.ts";
import type { Session } from "../src/api/session.ts";

/** A server that refuses the first `refusals` calls with `code`, and a session that answers `alive` when it is renewed. */
function page({
  refusals,
  code = "UNAUTHENTICATED",
  alive = true,
}: {
  refusals: number;
  code?: string;
  alive?: boolean;
}) {
  const made = { calls: 0, refreshes: [] as unknown[] };
  const session = {
    generation: () => `generation ${made.refreshes.length}`,
    refresh: async (since: unknown) => {
      made.refreshes.push(since);
      return alive;
    },
  } as unknown as Session;
  const server: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      if (++made.calls > refusals) {
        observer.next({ result: { type: "data", data: [] } });
        return observer.complete();
      }
      observer.error(
        TRPCClientError.from({ error: { message: "", code: -32_001, data: { appCode: code, requestId: "x" } } }),
      );
    });
  return { made, client: createTRPCClient<AppRouter>({ links: [refreshLink(session), server] }) };
}

test("a refused call is made again once, after a renewal since it was sent", async () => {
  const { made, client } = page({ refusals: 1 });
  expect(await client.auth.sessions.query()).toEqual([]);
  expect(made).toEqual({ calls: 2, refreshes: ["generation 0"] });
});

test("one that is refused again is not made a third time", async () => {
  const { made, client } = page({ refusals: 5 });
  await expect(client.auth.sessions.query()).rejects.toThrow(TRPCClientError);
  expect(made).toEqual({ calls: 2, refreshes: ["generation 0"] });
});

test("nor is one when there is no session to renew", async () => {
  const { made, client } = page({ refusals: 5, alive: false });
  await expect(client.auth.sessions.query()).rejects.toThrow(TRPCClientError);
  expect(made).toEqual({ calls: 1, refreshes: ["generation 0"] });
});

test("another refusal, and a wrong password, are answers and no reason to renew anything", async () => {
  const forbidden = page({ refusals: 1, code: "FORBIDDEN" });
  await expect(forbidden.client.auth.sessions.query()).rejects.toThrow(TRPCClientError);
  expect(forbidden.made).toEqual({ calls: 1, refreshes: [] });
  const wrong = page({ refusals: 1 });
  const account = { provider: "password", email: "ada@example.org", password: "wrong" } as const;
  await expect(wrong.client.auth.login.mutate(account)).rejects.toThrow(TRPCClientError);
  expect(wrong.made).toEqual({ calls: 1, refreshes: [] });
});
