// How the installation is: what it runs on and how much room there is. Names no address, path or secret.
import { readFileSync } from "node:fs";
import type { adminSystemOutput } from "@legible/shared/admin";
import { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { readAsAdmin } from "./read.ts";

const packageFile = new URL("../../../../package.json", import.meta.url);
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, "utf8")));

/** Uptime and runtime are those of the process that answers. */
export async function adminSystem(ctx: SignedInContext): Promise<z.output<typeof adminSystemOutput>> {
  const { database, storage, languages } = ctx.deps;
  const [rows, queue, free, installed] = await Promise.all([
    readAsAdmin(
      ctx,
      "admin.system",
      (tx) => tx.$queryRaw<{ version: string; bytes: number }[]>`
        SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS bytes`,
    ),
    database.queue.counts(),
    storage.free(),
    languages.installed(),
  ]);
  const [{ version: server, bytes } = { version: "", bytes: 0 }] = rows;
  return {
    version,
    runtime: process.version,
    uptimeSeconds: Math.floor(process.uptime()),
    database: { version: server, bytes, embedded: database.embedded },
    queue,
    storage: { freeBytes: free ?? null },
    languages: installed,
  };
}
