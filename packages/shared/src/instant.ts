// A moment that a caller names, for instance the beginning of a period.
import { z } from "zod";

/** ISO 8601, UTC. PostgreSQL knows no year 0. */
export const instantSchema = z.iso.datetime().refine((instant) => !instant.startsWith("0000"), "There is no year 0.");
