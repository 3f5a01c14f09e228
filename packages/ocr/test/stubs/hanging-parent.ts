// A process of its own that opens a pool, lets a child hang, and prints the child's process id.
import { openSandboxPool } from "../../src/sandbox/pool.ts";
import { inspectRequest, quiet, stub } from "./requests.ts";

const signal = new AbortController().signal;
const pool = await openSandboxPool({
  size: 1,
  workRoot: process.argv[2] ?? "",
  log: quiet,
  childEntry: stub("misbehave"),
});
await pool.use(
  async (child) => {
    await child.inspect(inspectRequest("fine"), { signal, timeoutMs: 30_000 });
    const hanging = child.inspect(inspectRequest("hang"), { signal, timeoutMs: 60_000 });
    setTimeout(() => process.stdout.write(`${pool.pids()[0]}\n`), 200);
    await hanging;
  },
  { signal },
);
