// Another process on the same database, as behind a balancer: what it remembers by itself is not what the first one does.
import type { AddressInfo } from "node:net";
import { openCounters } from "@legible/db/counters";
import { createAttempts } from "../src/auth/attempts.ts";
import { createRates, defaultRates, type RateLimits } from "../src/rate/rates.ts";
import { closeServer, createServer } from "../src/server.ts";
import type { TestApi } from "./api.ts";

/** Serves `api`'s database and storage at an address of its own, with `limits` on calls. */
export async function secondServer(
  api: TestApi,
  limits: RateLimits = defaultRates,
): Promise<{ origin: string; close(): Promise<void> }> {
  const counters = openCounters(api.database.address, api.deps.log);
  const deps = { ...api.deps, attempts: createAttempts(api.database), rates: createRates(counters, limits) };
  const app = await createServer(deps, { pageFolder: "/nonexistent", trustProxy: ["loopback"] });
  await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    origin: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async close() {
      await closeServer(app, 1_000);
      await counters.close();
    },
  };
}
