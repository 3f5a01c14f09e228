// A warm start: the second start on the same data, against the target "opening the database + 1 s".
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@legible/db/database";
import { startServer } from "./server.ts";

const rounds = 3;

export async function benchStart(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "legible-start-"));
  try {
    await (await startServer(folder)).stop();
    const lines: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const database = await openDatabase({ dataDir: folder, log: quiet });
      const openMs = performance.now() - began;
      await database.close();
      const server = await startServer(folder);
      lines.push(
        `warm start: ready after ${server.startMs.toFixed(0)} ms; opening the database alone ${openMs.toFixed(0)} ms (target: that + 1000)`,
      );
      await server.stop();
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
