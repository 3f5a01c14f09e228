// How connections are opened: which role they wake up in and how long a statement may take.

/** Where the database is: a server of the operator (a URL), or the embedded one (a folder with its socket). */
export type DatabaseAddress = { url: string } | { socketFolder: string; database?: string };

/** What both drivers of connections (pg and pg-boss) understand. */
export type ConnectionConfig = {
  connectionString?: string;
  host?: string;
  port?: number;
  user?: string;
  database?: string;
  options: string;
  connectionTimeoutMillis: number;
};

/** Names inside the embedded server; a URL brings its own. */
export const embeddedUser = "legible";
export const embeddedDatabase = "legible";
/** Part of the socket's file name only: the embedded server listens on no TCP port. */
export const embeddedPort = 5432;

/** Settings of every runtime connection, as server parameters. Times in ms. */
const runtimeSettings = {
  // The longest query is a filtered list over one person's tasks; what takes this long is a mistake or an attack.
  statement_timeout: "8000",
  // A scope does no work of its own between statements, so a silent one has lost its process.
  idle_in_transaction_session_timeout: "10000",
  // Row locks are held for the length of a scope, a few ms.
  lock_timeout: "3000",
};

/**
 * Settings for a pool or client of the `pg` driver at `address`. With `role`, the connection wakes up as that role, so a
 * query outside any scope has that role's rights and not the login's; without it, it is the owner's (migrations only).
 * @throws Error when the URL cannot be parsed.
 */
export function connectionConfig(
  address: DatabaseAddress,
  role?: "legible_login" | "legible_queue" | "legible_limits",
): ConnectionConfig {
  const settings = role === undefined ? [] : Object.entries({ role, ...runtimeSettings });
  const options = settings.map(([name, value]) => `-c ${name}=${value}`).join(" ");
  // A server that does not answer within this time counts as not there.
  const connectionTimeoutMillis = 5_000;
  if ("socketFolder" in address) {
    return {
      host: address.socketFolder,
      port: embeddedPort,
      user: embeddedUser,
      database: address.database ?? embeddedDatabase,
      options,
      connectionTimeoutMillis,
    };
  }
  // A parameter in the URL would win over the one given beside it, and the role with it: join the two.
  const url = new URL(address.url);
  const given = url.searchParams.get("options");
  url.searchParams.delete("options");
  return {
    connectionString: url.toString(),
    options: given === null ? options : `${given} ${options}`,
    connectionTimeoutMillis,
  };
}
