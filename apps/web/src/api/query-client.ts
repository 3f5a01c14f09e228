// How long answers stay fresh, and what is worth asking twice.
import { QueryClient } from "@tanstack/react-query";
import { toProblem } from "./problem.ts";

/** Only what may pass by itself is asked again; a refusal stays a refusal. */
const worthRepeating = new Set(["UNREACHABLE", "UNAVAILABLE"]);
const repeats = 2;

/** The cache of everything the server told. Live events keep documents fresh, so a new look does not ask at once. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < repeats && worthRepeating.has(toProblem(error).code),
      },
    },
  });
}
