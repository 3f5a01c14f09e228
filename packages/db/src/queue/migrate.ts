// Creates and updates pg-boss's own tables and our queues, as the database's owner, under the caller's lock.

import type { Log } from "@legible/shared/log";
import type { Client } from "pg";
import { PgBoss } from "pg-boss";
import { connectionConfig, type DatabaseAddress } from "../connection.ts";
import { type JobDefinition, jobDefinitions } from "../jobs.ts";

/** The schema that holds pg-boss's tables. */
export const queueSchema = "pgboss";

/** Prepares the queues and grants them to legible_queue. `owner` is a connection as the database's owner. */
export async function migrateQueue(address: DatabaseAddress, owner: Client, log: Log): Promise<void> {
  const boss = new PgBoss({
    ...connectionConfig(address),
    schema: queueSchema,
    max: 2,
    migrate: true,
    createSchema: true,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  boss.on("error", (error) => log.warn({ error: error.message }, "queue migration"));
  await boss.start();
  try {
    const existing = new Set((await boss.getQueues()).map(({ name }) => name));
    for (const definition of jobDefinitions) {
      const options = queueOptions(definition);
      if (existing.has(definition.name)) await boss.updateQueue(definition.name, options);
      else await boss.createQueue(definition.name, options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  await owner.query(`
    GRANT USAGE ON SCHEMA ${queueSchema} TO legible_queue;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${queueSchema} TO legible_queue;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${queueSchema} TO legible_queue;
  `);
}

function queueOptions(definition: JobDefinition) {
  return {
    notify: true,
    retryLimit: definition.retryLimit,
    retryDelay: definition.retryDelaySeconds,
    retryBackoff: true,
    heartbeatSeconds: definition.heartbeatSeconds,
    expireInSeconds: definition.expireInSeconds,
    // The tables hold the truth; what is done is kept for an hour for whoever looks into a problem.
    deleteAfterSeconds: 3_600,
  };
}
