// A process for embedded.test.ts: opens the database of a folder, is in the middle of a job, and waits to be killed.
import { randomUUID } from "node:crypto";
import { openDatabase } from "../src/database.ts";
import { planJob } from "../src/jobs.ts";
import { claimTask } from "../src/task/lease.ts";
import { silentLog } from "../src/testing.ts";

const database = await openDatabase({ dataDir: process.argv[2] ?? "", log: silentLog });
await database.queue.work(planJob, { concurrency: 1 }, async (payload) => {
  await database.asSystem("test", (tx) => claimTask(tx, { ...payload, leaseMs: 600_000 }));
  process.stdout.write("holding\n");
  await new Promise(() => {});
});
await database.asSystem("test", async (tx) => {
  const user = await tx.user.create({ data: { email: "holder@example.org", displayName: "Holder" } });
  const task = await tx.task.create({
    data: { userId: user.id, taskId: randomUUID(), filename: "holder.pdf", status: "processing" },
  });
  await database.queue.send(tx, planJob, { task: task.id, attempt: 1 }, { userId: user.id });
});
