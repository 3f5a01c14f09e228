// What the address says about the audit log: its filters.
import type { AuditAction, AuditActor, AuditOutcome } from "@legible/shared/audit";
import type { AdminMessages } from "../../messages/en-admin.ts";
import { beginOfDay, dayOf, endOfDay } from "../../ui/days.ts";

/** Actions, outcomes and actors may be any word here: which there are is known with the texts, and the address is read before them. */
export interface AuditSearch {
  user?: number | undefined;
  action?: string | undefined;
  outcome?: string | undefined;
  actor?: string | undefined;
  object?: string | undefined;
  /** First and last day. */
  from?: string | undefined;
  to?: string | undefined;
}

/** What does not fit is undefined. Every key is named: the router lays this over the raw search. */
export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const user = Number(search.user);
  const object = typeof search.object === "string" || typeof search.object === "number" ? String(search.object) : "";
  return {
    user: Number.isInteger(user) && user > 0 && user <= 2_147_483_647 ? user : undefined,
    action: wordOf(search.action),
    outcome: wordOf(search.outcome),
    actor: wordOf(search.actor),
    object: object.trim() === "" ? undefined : object.trim().slice(0, 200),
    from: dayOf(search.from),
    to: dayOf(search.to),
  };
}

/** True when something narrows the log. */
export function isFiltered(search: AuditSearch): boolean {
  return Object.values(parseAuditSearch({ ...search })).some((each) => each !== undefined);
}

/** The names of the closed sets of packages/shared, as the texts have them: without its schemas. */
export function choicesOf({ audit }: AdminMessages): {
  actions: AuditAction[];
  outcomes: AuditOutcome[];
  actors: AuditActor[];
} {
  return {
    actions: Object.keys(audit.actions) as AuditAction[],
    outcomes: Object.keys(audit.outcomes) as AuditOutcome[],
    actors: Object.keys(audit.actors) as AuditActor[],
  };
}

/** The filters as the server takes them: of the words only those that there are; days begin and end where the person is. */
export function toAuditFilter({ user, action, outcome, actor, object, from, to }: AuditSearch, admin: AdminMessages) {
  const { actions, outcomes, actors } = choicesOf(admin);
  const filter = {
    userId: user,
    action: actions.find((each) => each === action),
    outcome: outcomes.find((each) => each === outcome),
    actor: actors.find((each) => each === actor),
    object,
    from: from === undefined ? undefined : beginOfDay(from),
    to: to === undefined ? undefined : endOfDay(to),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [K in keyof typeof filter]?: Exclude<(typeof filter)[K], undefined>;
  };
}

/** Where the export of what passes the filters is fetched. */
export function exportUrl(search: AuditSearch, admin: AdminMessages, format: "csv" | "jsonl"): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(toAuditFilter(search, admin))) query.set(name, String(value));
  return `/api/v2/admin/audit-logs/export?${query}`;
}

function wordOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[a-z][a-z.]{0,63}$/u.test(value) ? value : undefined;
}
