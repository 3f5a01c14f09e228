// Runs one of PostgreSQL's own programs to its end.
import { spawn } from "node:child_process";
import { type Account, commandAs } from "./account.ts";

/** What a program said and how it ended. */
export type Outcome = { code: number; output: string };

/**
 * Runs `program` as `account` and waits for it. `paths` are the files and folders it must reach.
 * Its environment is empty but for what it needs: PG* variables of the operator would send it elsewhere.
 */
export async function runAs(account: Account, program: string, args: string[], paths: string[]): Promise<Outcome> {
  const { command, args: commandArgs, options } = commandAs(account, program, args, [program, ...paths]);
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArgs, {
      ...options,
      cwd: "/",
      env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    // Not "close": a server that the program leaves behind may hold the pipes open.
    child.once("exit", (code) => {
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code: code ?? 1, output: output.trim() });
      });
    });
  });
}
