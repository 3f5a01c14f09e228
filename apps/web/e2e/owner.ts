// The database of a test's server, as its owner: for what the page itself cannot make, such as other people and the past.
import { randomBytes, scryptSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { Server } from "./server.ts";

/** Runs one statement. */
export async function asOwner<Row extends object>(server: Server, sql: string, values: unknown[] = []): Promise<Row[]> {
  // Fifth line of postmaster.pid: the folder of the socket.
  const host = readFileSync(join(server.dataDir, "db/postmaster.pid"), "utf8").split("\n")[4] ?? "";
  const client = new Client({ host, port: 5432, user: "legible", database: "legible" });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Somebody with an account; their id. */
export async function addPerson(
  server: Server,
  { email, displayName, password }: { email: string; displayName: string; password: string },
): Promise<number> {
  const salt = randomBytes(16);
  // Weaker than the server's own, whose parameters stand in the text: nobody guesses at these.
  const key = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 });
  const hash = ["scrypt", 1024, 8, 1, salt.toString("base64url"), key.toString("base64url")].join("$");
  const [row] = await asOwner<{ id: number }>(
    server,
    "INSERT INTO tool_ocr_users (email, display_name, password_hash) VALUES ($1, $2, $3) RETURNING id",
    [email, displayName, hash],
  );
  if (row === undefined) throw new Error("nobody was added");
  return row.id;
}
