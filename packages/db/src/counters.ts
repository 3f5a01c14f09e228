// Counts that all servers on one database share, for limits by the minute. The connections may touch the table of counts and nothing else.
import { AppError } from "@legible/shared/errors";
import type { Log } from "@legible/shared/log";
import { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { connectionConfig, type DatabaseAddress } from "./connection.ts";
import { isUnavailable } from "./failure.ts";

export type Counter = {
  /**
   * Counts `points` for `key` and returns 0, or, when there were too many, the time until the next may come, ms. A key that is full is
   * refused from memory.
   * @throws AppError UNAVAILABLE when the database is away or too busy.
   */
  take(key: string, points: number): Promise<number>;
};

export type Counters = {
  /** At most `points` for each key in windows of `seconds`. Counters of the same `name` count together, in whichever process. */
  counter(name: string, points: number, seconds: number): Counter;
  /** Removes counts that are over. */
  sweep(): Promise<void>;
  close(): Promise<void>;
};

/** A count is one short statement: few connections serve many requests. */
const poolSize = 4;
const table = "legible_rate_limits";

/** Connects when something is first counted. */
export function openCounters(address: DatabaseAddress, log: Log): Counters {
  const pool = new Pool({
    ...connectionConfig(address, "legible_limits"),
    max: poolSize,
    application_name: "legible limits",
  });
  pool.on("error", (error) => log.warn({ error: error.message }, "counters connection"));
  return {
    counter(name, points, seconds) {
      const limiter = new RateLimiterPostgres({
        storeClient: pool,
        storeType: "pool",
        tableName: table,
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points,
        duration: seconds,
        inMemoryBlockOnConsumed: points,
      });
      return {
        async take(key, taken) {
          try {
            await limiter.consume(key, taken);
            return 0;
          } catch (error) {
            if (error instanceof RateLimiterRes) return Math.max(1, error.msBeforeNext);
            if (error instanceof Error && isUnavailable(error))
              throw new AppError("UNAVAILABLE", undefined, { cause: error });
            throw error;
          }
        },
      };
    },
    async sweep() {
      await pool.query(`DELETE FROM ${table} WHERE expire < $1`, [Date.now()]);
    },
    close: () => pool.end(),
  };
}
