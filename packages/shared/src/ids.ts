// The identifiers that leave the server. A task is known by a random UUID (column task_id); the numeric keys of rows stay inside.
import { z } from "zod";

export const taskIdSchema = z.uuid();
export type TaskId = z.infer<typeof taskIdSchema>;

/** Keys of rows are INTEGERs of PostgreSQL, which faults on a larger number. */
const maxRowId = 2_147_483_647;

/** The key of a row, where one leaves the server. */
export const rowIdSchema = z.int().positive().max(maxRowId);

/** A person's numeric id; shown to administrators and to the person, never used to guess at rows: every row passes a scope. */
export const userIdSchema = z.int().positive().max(maxRowId);
export type UserId = z.infer<typeof userIdSchema>;

/** 1-based page number within a document. */
export const pageNumberSchema = z.int().min(1).max(100_000);
