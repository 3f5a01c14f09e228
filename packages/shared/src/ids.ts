// The identifiers that leave the server. A task is known by a random UUID (column task_id); the numeric keys of rows stay inside.
import { z } from "zod";

export const taskIdSchema = z.uuid();
export type TaskId = z.infer<typeof taskIdSchema>;

/** A person's numeric id; shown to administrators and to the person, never used to guess at rows: every row passes a scope. */
export const userIdSchema = z.int().positive();
export type UserId = z.infer<typeof userIdSchema>;

/** 1-based page number within a document. */
export const pageNumberSchema = z.int().min(1).max(100_000);
