import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test, vi } from "vitest";
import { watchMemory } from "../src/sandbox/memory-watchdog.ts";
import { makeFolder, makePool, never } from "./make-pool.ts";
import { inspectRequest, stub } from "./stubs/requests.ts";

const call = { signal: never, timeoutMs: 30_000 };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A zombie waits to be reaped and runs no more.
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /u.test(readFileSync(stat, "latin1"));
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("a child reads nothing outside, writes only its folder, runs no program, reaches no network and sees no secrets", async () => {
  const pool = await makePool({ childEntry: stub("probe") });
  vi.stubEnv("SECRET_OF_THE_PARENT", "s3cret");
  const happened = await pool.use(
    async (child) => {
      await child.inspect(inspectRequest("any"), call);
      return JSON.parse(readFileSync(join(child.folder, "happened.json"), "utf8")) as string[];
    },
    { signal: never },
  );
  const environment = readFileSync(`/proc/${pool.pids()[0]}/environ`, "latin1");
  expect(happened).toEqual([
    "read outside: ERR_ACCESS_DENIED",
    "read the installation's root: ERR_ACCESS_DENIED",
    "write outside: ERR_ACCESS_DENIED",
    "write inside: done",
    "run a program: ERR_ACCESS_DENIED",
    "connect: ERR_ACCESS_DENIED",
    expect.stringMatching(/^environment: (LANG|PATH|PWD|OLDPWD|SHLVL|TMPDIR|UV_THREADPOOL_SIZE|_|,)+$/u),
    "priority: 10",
  ]);
  expect(environment).not.toContain("s3cret");
});

test.each(["hog-buffers", "hog-wasm"])(
  "%s: a child that wants too much memory ends, and the next one works",
  async (name) => {
    const pool = await makePool({ childEntry: stub("misbehave"), memoryBytes: 400_000_000 });
    const hog = pool.use((child) => child.inspect(inspectRequest(name), call), { signal: never });
    await expect(hog).rejects.toMatchObject({ code: "OUT_OF_MEMORY" });
    const next = await pool.use((child) => child.inspect(inspectRequest("fine"), call), { signal: never });
    expect(next.pages).toHaveLength(1);
  },
);

test("where the system does not limit memory, a watchdog notices", async () => {
  const noticed = await new Promise<boolean>((resolve) => {
    const noticedNow = () => {
      stop();
      resolve(true);
    };
    const stop = watchMemory(process.pid, 1_000_000, noticedNow, true);
  });
  expect(noticed).toBe(true);
});

test("a call that takes too long ends as PAGE_TIMEOUT and its process is gone", async () => {
  const pool = await makePool({ childEntry: stub("misbehave") });
  let pid = 0;
  const hanging = pool.use(
    async (child) => {
      await child.inspect(inspectRequest("fine"), call);
      pid = pool.pids()[0] ?? 0;
      await child.inspect(inspectRequest("hang"), { signal: never, timeoutMs: 300 });
    },
    { signal: never },
  );
  await expect(hanging).rejects.toMatchObject({ code: "PAGE_TIMEOUT" });
  expect(isAlive(pid)).toBe(false);
});

test("an abort kills the process in the middle of a call", async () => {
  const pool = await makePool({ childEntry: stub("misbehave") });
  const controller = new AbortController();
  const reason = new Error("cancelled by its owner");
  const hanging = pool.use(
    async (child) => {
      await child.inspect(inspectRequest("fine"), call);
      setTimeout(() => controller.abort(reason), 100);
      await child.inspect(inspectRequest("hang"), { signal: controller.signal, timeoutMs: 60_000 });
    },
    { signal: controller.signal },
  );
  await expect(hanging).rejects.toBe(reason);
  expect(pool.pids()).toEqual([]);
});

test.runIf(process.platform === "linux")("a child that hangs does not outlive its parent's SIGKILL", async () => {
  const parent = spawn(process.execPath, [join(import.meta.dirname, "stubs/hanging-parent.ts"), await makeFolder()], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await untilGone(pid);
});
