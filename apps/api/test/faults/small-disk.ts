// A disk that is really full: a small file system in memory where the server keeps its files.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type SmallDisk = {
  /** Fills it up to `bytes` of room; blocks are of 4,096 bytes. */
  leave(bytes: number): void;
  /** Takes the filling away. */
  free(): void;
  unmount(): void;
};

/** Mounts one of `bytes` at `folder`, which is made. Undefined where that is not allowed: it takes Linux and root. */
export function mountSmallDisk(folder: string, bytes: number): SmallDisk | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder]);
  const filling = join(folder, ".filling");
  return {
    leave(wanted) {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filling, Buffer.alloc(Math.max(0, bavail * bsize - wanted)));
    },
    free: () => rmSync(filling, { force: true }),
    unmount: () => execFileSync("umount", ["-l", folder]),
  };
}
