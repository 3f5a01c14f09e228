// Where a task may be in its life; task-moves.ts says how it gets there.
import { z } from "zod";

export const taskStatusSchema = z.enum(["pending", "processing", "completed", "failed", "cancelled"]);
export type TaskStatus = z.infer<typeof taskStatusSchema>;
