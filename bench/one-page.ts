// One image on an idle server, PUT to completed, against the time the engine itself took for that page.
import { makeScans } from "./scans.ts";
import { startServer } from "./server.ts";

const rounds = 5;

export async function benchOnePage(): Promise<string[]> {
  const [scan] = await makeScans(1, 300);
  if (scan === undefined) throw new Error("no scan was made");
  const server = await startServer();
  try {
    const ratios: number[] = [];
    const lines: string[] = [];
    // The first document also warms the engine's language; it is not counted.
    for (let round = 0; round <= rounds; round++) {
      const reading = await server.read([{ name: "page.jpg", bytes: scan }]);
      const engineMs = (await server.pages(reading.taskId))[0]?.ms ?? Number.NaN;
      if (round === 0) continue;
      ratios.push(reading.wallMs / engineMs);
      lines.push(`one page: ${reading.wallMs.toFixed(0)} ms PUT to completed, engine ${engineMs} ms`);
    }
    ratios.sort((a, b) => a - b);
    return [
      ...lines,
      `one page, median ratio: ${(ratios[Math.floor(rounds / 2)] ?? Number.NaN).toFixed(2)} (target ≤ 1.3)`,
    ];
  } finally {
    await server.stop();
  }
}
