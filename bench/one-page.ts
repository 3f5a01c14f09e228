// One image on an idle server, PUT to completed, against the time the engine itself takes for that page, in turns.
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSandboxPool } from "@legible/ocr/sandbox/pool";
import { defaultLimits } from "@legible/shared/limits";
import { inNewFile, makeScans } from "./scans.ts";
import { startServer } from "./server.ts";

const rounds = 5;
const never = new AbortController().signal;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function benchOnePage(): Promise<string[]> {
  const [scan] = await makeScans(1, 300);
  if (scan === undefined) throw new Error("no scan was made");
  const folder = await mkdtemp(join(tmpdir(), "legible-engine-"));
  await writeFile(join(folder, "page.jpg"), scan);
  const pool = await openSandboxPool({ size: 1, workRoot: folder, log: quiet });
  const server = await startServer();
  try {
    const ratios: number[] = [];
    const lines: string[] = [];
    // The first round also warms both engines; it is not counted.
    for (let round = 0; round <= rounds; round++) {
      const { wallMs } = await server.read([{ name: "page.jpg", bytes: inNewFile(scan, round) }]);
      const engineMs = await engineAlone();
      if (round === 0) continue;
      ratios.push(wallMs / engineMs);
      lines.push(`one page: ${wallMs.toFixed(0)} ms PUT to completed, the engine alone ${engineMs.toFixed(0)} ms`);
    }
    ratios.sort((a, b) => a - b);
    return [
      ...lines,
      `one page, median ratio: ${(ratios[Math.floor(rounds / 2)] ?? Number.NaN).toFixed(2)} (target ≤ 1.3)`,
    ];
  } finally {
    await server.stop();
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  }

  /** Recognition of the same picture in a warm process of the same kind, ms, without decoding it. */
  async function engineAlone(): Promise<number> {
    return await pool.use(
      async (child) => {
        await copyFile(join(folder, "page.jpg"), join(child.folder, "page.bin"));
        const { engineMs } = await child.readPage(
          {
            kind: "readPage",
            file: { name: "page.bin", mimeType: "image/jpeg" },
            index: 0,
            number: 1,
            decision: "ocr",
            languages: ["eng"],
            mode: "auto",
            rotate: true,
            deskew: true,
            maxPixels: defaultLimits.imagePixels,
          },
          { signal: never, timeoutMs: 120_000 },
        );
        return engineMs;
      },
      { signal: never },
    );
  }
}
