// Days as a date field and an address write them (2026-03-31), beginning and ending where the person is.

/** `value` when it is a day there is. */
export function dayOf(value: unknown): string | undefined {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/u.test(value)) return undefined;
  return Number.isNaN(Date.parse(`${value}T00:00:00`)) ? undefined : value;
}

/** Its first moment, ISO 8601 UTC. */
export function beginOfDay(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

/** Its last. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59.999`).toISOString();
}
