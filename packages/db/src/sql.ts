// Pieces of SQL with their values, to be put together: Prisma's own, for the few statements that are written by hand elsewhere.
import { Prisma } from "./generated/client.ts";

export const sql = { sql: Prisma.sql, join: Prisma.join };
