// The long form of the fault suite: `pnpm test:faults [--kills N] [--seed N]`. Prints its figures; ends with 1 when anything was lost.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { killRounds } from "./kill-rounds.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const dataDir = await mkdtemp(join(tmpdir(), "legible-faults-"));
try {
  const figures = await killRounds(dataDir, { kills: Number(values.kills), seed: Number(values.seed) });
  console.log(figures);
  if (figures.lost.length + figures.doubled + figures.different + figures.orphans > 0) process.exitCode = 1;
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
