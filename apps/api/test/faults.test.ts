// The short form of the fault suite; `pnpm test:faults` runs the long one.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { killRounds } from "./faults/kill-rounds.ts";

/** Twenty kills with a restart after most of them, and every document read twice. */
const timeoutMs = 15 * 60_000;

test("no acknowledged document is lost, completed twice or changed by twenty kills at random moments", {
  timeout: timeoutMs,
}, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "legible-faults-"));
  // Printed, so that a failure can be run again.
  const seed = Date.now() % 2 ** 31;
  try {
    const figures = await killRounds(dataDir, { kills: 20, seed });
    console.log(figures);
    expect(figures).toMatchObject({ lost: [], doubled: 0, different: 0, orphans: 0 });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
