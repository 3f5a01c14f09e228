// Adds a person, with documents if wanted, to an installation that is running on its embedded database: for tests and measurements in a
// browser. `node packages/db/scripts/seed-installation.ts DATA_DIR EMAIL NAME [DOCUMENTS]`. The person signs in with the password of the
// first one who has any.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { connectionConfig } from "../src/connection.ts";
import { seedTasks } from "../src/testing/seed-tasks.ts";

const [dataDir, email, name, documents = "0"] = process.argv.slice(2);
if (dataDir === undefined || email === undefined || name === undefined) {
  throw new Error("usage: seed-installation.ts DATA_DIR EMAIL NAME [DOCUMENTS]");
}
// Lines of postmaster.pid: pid, folder, start, port, socket folder, …
const socketFolder = readFileSync(join(dataDir, "db/postmaster.pid"), "utf8").split("\n")[4]?.trim();
if (socketFolder === undefined) throw new Error(`No database is running in ${dataDir}.`);
const client = new Client(connectionConfig({ socketFolder }));
await client.connect();
try {
  const tasksEach = Number(documents);
  const [id] = tasksEach > 0 ? await seedTasks(client, { people: 1, tasksEach }) : [await addPerson(client)];
  await client.query(
    `UPDATE tool_ocr_users SET email = $2, display_name = $3,
       password_hash = (SELECT password_hash FROM tool_ocr_users WHERE password_hash IS NOT NULL ORDER BY id LIMIT 1)
     WHERE id = $1`,
    [id, email, name],
  );
} finally {
  await client.end();
}

async function addPerson(owner: Client): Promise<number | undefined> {
  const { rows } = await owner.query<{ id: number }>(
    "INSERT INTO tool_ocr_users (email, display_name) VALUES (gen_random_uuid() || '@example.org', '') RETURNING id",
  );
  return rows[0]?.id;
}
