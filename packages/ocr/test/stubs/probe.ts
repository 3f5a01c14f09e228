// Tries everything that the sandbox must refuse, and writes into its folder what happened.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { planned, serve } from "./serve.ts";

function attempt(work: () => unknown): string {
  try {
    work();
    return "done";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

function attemptConnection(): Promise<string> {
  return new Promise((resolve) => {
    try {
      const socket = connect({ host: "127.0.0.1", port: 9 });
      socket.on("connect", () => resolve("done"));
      socket.on("error", (error) => resolve("code" in error ? String(error.code) : String(error)));
    } catch (error) {
      resolve(error instanceof Error && "code" in error ? String(error.code) : String(error));
    }
  });
}

serve(async () => {
  const happened = [
    `read outside: ${attempt(() => readFileSync("/etc/passwd"))}`,
    `read the installation's root: ${attempt(() => readFileSync(join(import.meta.dirname, "../../../../package.json")))}`,
    `write outside: ${attempt(() => writeFileSync(join(process.cwd(), "../outside"), ""))}`,
    `write inside: ${attempt(() => mkdirSync(join(tmpdir(), "inside")))}`,
    `run a program: ${attempt(() => spawnSync("/bin/true"))}`,
    `connect: ${await attemptConnection()}`,
    `environment: ${Object.keys(process.env).sort().join(",")}`,
    `priority: ${getPriority()}`,
  ];
  writeFileSync("happened.json", JSON.stringify(happened));
  return planned(1);
});
