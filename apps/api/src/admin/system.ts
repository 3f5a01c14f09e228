// How the installation is: what it runs on and how much room there is. Names no address, path or secret.
import { readFileSync } from "node:fs";
import type { Tx } from "@legible/db/scopes";
import type { adminSystemOutput } from "@legible/shared/admin";
import { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { readAsAdmin } from "./read.ts";

const packageFile = new URL("../../../../package.json", import.meta.url);
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, "utf8")));

/** Uptime, runtime and readers are those of the process that answers. */
export async function adminSystem(ctx: SignedInContext): Promise<z.output<typeof adminSystemOutput>> {
  const { database, storage, languages, readers } = ctx.deps;
  const [rows, pagesInHand, queue, free, installed] = await Promise.all([
    readAsAdmin(
      ctx,
      "admin.system",
      (tx) => tx.$queryRaw<{ version: string; bytes: number }[]>`
        SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS bytes`,
    ),
    // Beyond an administrator's rights: the pages of others are closed to them, and only their number comes out.
    database.asSystem("count the pages in hand", countPagesInHand),
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
    readers: readers?.() ?? null,
    pagesInHand,
    queue,
    storage: { freeBytes: free ?? null },
    languages: installed,
  };
}

/** A lease that ran out is a worker that died: its page is in nobody's hand. */
async function countPagesInHand(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ pages: number }[]>`
    SELECT count(*)::int AS pages FROM tool_ocr_tasks t JOIN tool_ocr_task_pages p ON p.task_id = t.id
    WHERE t.status = 'processing' AND p.status = 'reading' AND p.lease_until > now()`;
  return row?.pages ?? 0;
}
