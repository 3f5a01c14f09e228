// The long form of the fault suite: `pnpm test:faults [--kills N] [--ends N] [--seed N]`. Prints its figures; ends with 1 when anything was
// lost.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { databaseRounds } from "./database-rounds.ts";
import { killRounds } from "./kill-rounds.ts";
import { operatorDatabase } from "./operator-database.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    ends: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});

/** Runs `rounds` on a data folder of its own and prints what it found. */
async function report(
  rounds: (dataDir: string) => Promise<{ lost: string[]; doubled: number; orphans: number; different?: number }>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "legible-faults-"));
  try {
    const figures = await rounds(dataDir);
    console.log(figures);
    const { lost, doubled, orphans, different = 0 } = figures;
    if (lost.length + doubled + orphans + different > 0) process.exitCode = 1;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

const seed = Number(values.seed);
await report((dataDir) => killRounds(dataDir, { kills: Number(values.kills), seed }));
await report((dataDir) => databaseRounds(dataDir, Number(values.ends)));
await report(async (dataDir) => {
  const operator = await operatorDatabase(dataDir);
  try {
    return await databaseRounds(dataDir, Number(values.ends), operator);
  } finally {
    await operator.close();
  }
});
