// Peak memory of all processes while a 200-page scan is read, against a 20-page one; and the size of the searchable PDF.
import { makeScans, scansToPdf } from "./scans.ts";
import { startServer, treeMemory } from "./server.ts";

/** Figures as they come: the larger document takes a while. */
export async function* benchMemory(): AsyncGenerator<string> {
  // All different, as pages that look the same are read once.
  const scans = await makeScans(200, 150);
  const peaks: number[] = [];
  for (const count of [20, 200]) {
    const pdf = await scansToPdf(scans.slice(0, count), 150);
    const server = await startServer();
    let peak = 0;
    let settled = false;
    const sampling = (async () => {
      while (!settled) {
        peak = Math.max(peak, await treeMemory(server.pid));
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    })();
    try {
      const reading = await server.read([{ name: "scan.pdf", bytes: pdf }]);
      settled = true;
      await sampling;
      if (reading.status !== "completed") throw new Error(`${count} pages ended ${reading.status}`);
      const result = await server.download(reading.taskId, "pdf");
      const allowed = pdf.length * 1.05 + count * 3 * 1024;
      yield `${count} pages: peak ${(peak / 1e6).toFixed(0)} MB`;
      yield `${count} pages: PDF ${pdf.length} → ${result.length} bytes, ${(result.length / allowed).toFixed(3)} of 1.05 × input + 3 kB a page`;
      peaks.push(peak);
    } finally {
      settled = true;
      await server.stop();
    }
  }
  const [small, large] = peaks;
  yield `peak ratio 200 / 20 pages: ${((large ?? Number.NaN) / (small ?? Number.NaN)).toFixed(2)} (target ≤ 1.25)`;
}
