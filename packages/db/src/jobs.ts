// The three kinds of work. A job carries ids only; what it means is read from the rows when it runs.
import { z } from "zod";

/** What the queue has to know about a kind of job. */
export type JobDefinition<Payload extends object = object> = {
  name: string;
  schema: z.ZodType<Payload>;
  /** How often a job whose handler failed is run again. */
  retryLimit: number;
  /** Seconds before the first repetition; doubled for each further one. */
  retryDelaySeconds: number;
  /** A worker that has not been heard of for this long is dead and its job goes to another one. pg-boss's least is 10. */
  heartbeatSeconds: number;
  /** Longest time a job may run, however alive its worker looks. */
  expireInSeconds: number;
};

const idSchema = z.int().positive();
const attempt = z.int().positive();

// Three beats of 10 s: one lost beat (a long garbage collection, a short database outage) must not cost the job.
const heartbeatSeconds = 30;

/** Opens the document, decides each page, inserts the page rows and sends the pages jobs. */
export const planJob = {
  name: "plan",
  schema: z.strictObject({ task: idSchema, attempt }),
  // What fails here again and again is the document or the installation, not bad luck.
  retryLimit: 3,
  retryDelaySeconds: 2,
  heartbeatSeconds,
  // 2,000 pages at 1 s each and 100 files at 20 s to open: the limits of shared/limits.ts, rounded up.
  expireInSeconds: 4_500,
} satisfies JobDefinition;

/** Reads the pages `from` to `to` (1-based, both included) of one document. */
export const pagesJob = {
  name: "pages",
  schema: z.strictObject({ task: idSchema, attempt, from: z.int().positive(), to: z.int().positive() }),
  // A page that kills its child fails by itself and not the job; so a failing job is the database's or the disk's fault,
  // which may last a while: 2, 4, 8, 16, 32 s.
  retryLimit: 5,
  retryDelaySeconds: 2,
  heartbeatSeconds,
  // A range of 20 pages at the page limit of 120 s each, rounded up.
  expireInSeconds: 3_000,
} satisfies JobDefinition;

/** Joins the finished pages into the results. */
export const assembleJob = {
  name: "assemble",
  schema: z.strictObject({ task: idSchema, attempt }),
  retryLimit: 5,
  retryDelaySeconds: 2,
  heartbeatSeconds,
  // Joining 2,000 pages takes minutes at worst.
  expireInSeconds: 1_800,
} satisfies JobDefinition;

/** Every kind of job there is: one queue each. */
export const jobDefinitions: readonly JobDefinition[] = [planJob, pagesJob, assembleJob];
