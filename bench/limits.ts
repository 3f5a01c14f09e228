// What counting calls costs: the same call to a server that counts them and to one that does not, in turns, so that whatever else the
// machine does meets both.
import { readFile } from "node:fs/promises";
import { startServer } from "./server.ts";

const rounds = 600;
/** Rounds before anything counts: plans, caches and compiled code. */
const warmUp = 100;
const unlimited = "1000000";

export async function benchLimits(): Promise<string[]> {
  const counting = await startServer(undefined, { RATE_LIMIT_ADDRESS: unlimited, RATE_LIMIT_PERSON: unlimited });
  const free = await startServer();
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < warmUp; round++) for (const server of [counting, free]) await server.me();
  const cpu = [await cpuMs(counting.pid), await cpuMs(free.pid)];
  for (let round = 0; round < rounds; round++) {
    for (const [index, server] of [counting, free].entries()) {
      const began = performance.now();
      await server.me();
      times[index]?.push(performance.now() - began);
    }
  }
  const used = [await cpuMs(counting.pid), await cpuMs(free.pid)].map((ms, index) => (ms - (cpu[index] ?? 0)) / rounds);
  await counting.stop();
  await free.stop();
  const [withCounts = 0, without = 0] = times.map(median);
  const [cpuWith = 0, cpuWithout = 0] = used;
  return [
    `a call of auth.me: ${withCounts.toFixed(2)} ms counted, ${without.toFixed(2)} ms not: ${(withCounts - without).toFixed(2)} ms for counting (median of ${rounds})`,
    `processor time of the server's process for it: ${cpuWith.toFixed(2)} ms counted, ${cpuWithout.toFixed(2)} ms not`,
  ];
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Processor time that a process has used so far, ms; Linux counts it in hundredths of a second. */
async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
