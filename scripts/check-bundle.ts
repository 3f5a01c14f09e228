// The web application is public: nothing of the server, and no name of a secret, may be in what is served.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Names that minifiers keep, as they stand in strings or property names. */
const forbidden = [
  // Server code.
  "@prisma/",
  "PrismaClient",
  "pg-boss",
  "pgboss",
  "fastify",
  "node:fs",
  "node:crypto",
  "node:child_process",
  "set_config",
  "tool_ocr_",
  // Secrets and where they are kept.
  "DATABASE_URL",
  "STORAGE_URL",
  "ADMIN_PASSWORD",
  "ENTRA_CLIENT_SECRET",
  "passwordHash",
  "password_hash",
  "TokenHash",
  "token_hash",
  "BEGIN PRIVATE KEY",
];

/** One sentence for each forbidden name in a file below `folder`. Throws when the folder is not there or holds no script. */
export function checkBundle(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(?:js|mjs|css|html|json|map|svg|txt)$/u.test(name),
  );
  if (!files.some((name) => name.endsWith(".js"))) throw new Error(`${folder} holds no script: it is not a build.`);
  return files
    .filter((name) => statSync(join(folder, name)).isFile())
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      return forbidden.filter((word) => text.includes(word)).map((word) => `${name}: holds "${word}"`);
    });
}

if (import.meta.main) {
  const complaints = checkBundle(join(import.meta.dirname, "../apps/web/dist"));
  for (const complaint of complaints) console.log(complaint);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
