// Vitest globalSetup: one embedded server for the whole run. Several projects may name it; the first one starts the server
// and the last one stops it. In a vitest.config.ts: globalSetup: ["@legible/db/testing-setup"].
import { startTestServer, testServerVariable } from "./testing/server.ts";

type Shared = { users: number; server: Promise<Awaited<ReturnType<typeof startTestServer>>> };

// Each project loads this module anew, in one process: what they share hangs on the process's global object.
const key = Symbol.for("legible.test-server");
const home = globalThis as { [key]?: Shared | undefined };

/** Starts the server, or joins it; returns the function that leaves it. */
export default async function setup(): Promise<() => Promise<void>> {
  home[key] ??= { users: 0, server: startTestServer() };
  const shared = home[key];
  shared.users++;
  const server = await shared.server;
  // The workers are started after this and inherit the environment.
  process.env[testServerVariable] = server.socketFolder;
  return async () => {
    shared.users--;
    if (shared.users > 0) return;
    home[key] = undefined;
    await server.stop();
  };
}
