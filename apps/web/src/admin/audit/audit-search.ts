// What the address says about the audit log: its filters.
import type { AuditAction, AuditActor, AuditOutcome } from "@legible/shared/audit";
import { en } from "../../messages/en.ts";
import { beginOfDay, dayOf, endOfDay } from "../../ui/days.ts";

export interface AuditSearch {
  user?: number | undefined;
  action?: AuditAction | undefined;
  outcome?: AuditOutcome | undefined;
  actor?: AuditActor | undefined;
  object?: string | undefined;
  /** First and last day. */
  from?: string | undefined;
  to?: string | undefined;
}

// The names of the messages are the closed sets of packages/shared, without its schemas.
export const actions = Object.keys(en.admin.audit.actions) as AuditAction[];
export const outcomes = Object.keys(en.admin.audit.outcomes) as AuditOutcome[];
export const actors = Object.keys(en.admin.audit.actors) as AuditActor[];

/** What does not fit is undefined. Every key is named: the router lays this over the raw search. */
export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const user = Number(search.user);
  const object = typeof search.object === "string" || typeof search.object === "number" ? String(search.object) : "";
  return {
    user: Number.isInteger(user) && user > 0 && user <= 2_147_483_647 ? user : undefined,
    action: actions.find((each) => each === search.action),
    outcome: outcomes.find((each) => each === search.outcome),
    actor: actors.find((each) => each === search.actor),
    object: object.trim() === "" ? undefined : object.trim().slice(0, 200),
    from: dayOf(search.from),
    to: dayOf(search.to),
  };
}

/** True when something narrows the log. */
export function isFiltered(search: AuditSearch): boolean {
  return Object.values(parseAuditSearch({ ...search })).some((each) => each !== undefined);
}

/** The filters as the server takes them; days begin and end where the person is. */
export function toAuditFilter({ user, from, to, ...rest }: AuditSearch) {
  const filter = {
    ...rest,
    userId: user,
    from: from === undefined ? undefined : beginOfDay(from),
    to: to === undefined ? undefined : endOfDay(to),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [K in keyof typeof filter]?: Exclude<(typeof filter)[K], undefined>;
  };
}

/** Where the export of what passes the filters is fetched. */
export function exportUrl(search: AuditSearch, format: "csv" | "jsonl"): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(toAuditFilter(search))) query.set(name, String(value));
  return `/api/v2/admin/audit-logs/export?${query}`;
}
