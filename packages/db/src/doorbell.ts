// Tells listeners that a task's row changed, in whatever process that happened. A ring says which, not what: read the row
// under the listener's own rights. Rings may be lost while the connection is down; afterwards every listener is told so.
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "@legible/shared/log";
import { Client } from "pg";
import { z } from "zod";
import { connectionConfig, type DatabaseAddress } from "./connection.ts";

const ringSchema = z.object({ task: z.int(), userId: z.int(), taskId: z.string() });

/** `task` is the row's id, `taskId` the public one. */
export type TaskRing = z.infer<typeof ringSchema>;

export type Doorbell = {
  /** Calls `listener` after each committed change (or removal) of a task. Returns the function that ends it. */
  onTask(listener: (ring: TaskRing) => void): () => void;
  /** Calls `listener` when rings may have been missed: everything watched has to be read again. */
  onReconnect(listener: () => void): () => void;
  close(): Promise<void>;
};

/** Waiting between attempts to connect again, ms: quick at first, then gentle to a server that is starting. */
const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** A connection can die without a word; asking it shows that. ms */
const checkMs = 30_000;

/** Opens the process's one listening connection. */
export async function openDoorbell(address: DatabaseAddress, log: Log): Promise<Doorbell> {
  const taskListeners = new Set<(ring: TaskRing) => void>();
  const reconnectListeners = new Set<() => void>();
  const closing = new AbortController();
  let client: Client | undefined;

  const connect = async (): Promise<void> => {
    const next = new Client({ ...connectionConfig(address, "legible_login"), keepAlive: true });
    let ended = false;
    const onEnd = () => {
      if (ended) return;
      ended = true;
      if (client === next) client = undefined;
      if (!closing.signal.aborted) void reconnect();
    };
    next.on("notification", ({ payload }) => guarded(() => ring(payload)));
    next.on("error", (error) => log.warn({ error: error.message }, "doorbell connection"));
    await next.connect();
    await next.query("LISTEN legible_task");
    if (closing.signal.aborted) {
      await next.end();
      return;
    }
    client = next;
    next.once("end", onEnd);
    next.once("error", () => {
      onEnd();
      next.end().catch((error: Error) => log.info({ error: error.message }, "doorbell connection"));
    });
  };

  const reconnect = async (): Promise<void> => {
    for (let ms = firstDelayMs; !closing.signal.aborted; ms = Math.min(ms * 2, longestDelayMs)) {
      try {
        await delay(ms, undefined, { signal: closing.signal, ref: false });
        await connect();
        for (const listener of reconnectListeners) guarded(listener);
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        log.warn({ err: error }, "doorbell cannot connect");
      }
    }
  };

  const ring = (payload: string | undefined): void => {
    const parsed = ringSchema.safeParse(JSON.parse(payload ?? "null"));
    if (!parsed.success) return;
    for (const listener of taskListeners) guarded(() => listener(parsed.data));
  };

  const guarded = (call: () => void): void => {
    try {
      call();
    } catch (error) {
      log.error({ err: error }, "a doorbell listener failed");
    }
  };

  await connect();
  const check = setInterval(() => {
    client?.query("SELECT 1").catch((error: Error) => log.warn({ error: error.message }, "doorbell connection"));
  }, checkMs);
  check.unref();

  return {
    onTask(listener) {
      taskListeners.add(listener);
      return () => taskListeners.delete(listener);
    },
    onReconnect(listener) {
      reconnectListeners.add(listener);
      return () => reconnectListeners.delete(listener);
    },
    async close() {
      closing.abort();
      clearInterval(check);
      taskListeners.clear();
      reconnectListeners.clear();
      await client?.end();
    },
  };
}
