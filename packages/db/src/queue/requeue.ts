// After a crash of the only process there is nobody to wait for: what was running is waiting again.
import { Client } from "pg";
import { connectionConfig, type DatabaseAddress } from "../connection.ts";
import { queueSchema } from "./migrate.ts";

/**
 * Makes every active job available at once, without using up one of its retries; returns how many.
 * Only for the embedded database before its queue opens, where no other process can be at work.
 */
export async function requeueAll(address: DatabaseAddress): Promise<number> {
  const client = new Client(connectionConfig(address, "legible_queue"));
  await client.connect();
  try {
    // The same columns as pg-boss's own restoreJobs (plans.js).
    const { rowCount } = await client.query(
      `UPDATE ${queueSchema}.job SET state = 'created', started_on = NULL, heartbeat_on = NULL, upsert_by_key = NULL
       WHERE state = 'active'`,
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
