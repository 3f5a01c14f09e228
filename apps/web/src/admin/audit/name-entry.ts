// Entries in words.
import type { AuditEntry, AuditPerson } from "../../api/answers.ts";
import type { AdminTexts } from "../../messages/part-messages.tsx";

/** Who it was: a name, the number of an account that is gone, or the system. */
export function nameOf(
  userId: number | null,
  people: ReadonlyMap<number, AuditPerson>,
  { admin: { audit } }: AdminTexts,
): string {
  if (userId === null) return audit.systemItself;
  return people.get(userId)?.displayName ?? audit.personNumber(userId);
}

/** The action in words; as it is where a newer server knows one that this page does not. */
export function nameOfAction(action: string, { admin: { audit } }: AdminTexts): string {
  const name: unknown = Object.hasOwn(audit.actions, action) ? Reflect.get(audit.actions, action) : undefined;
  return typeof name === "string" ? name : action;
}

/** What the details say changed, and the rest of them. */
export function changeOf(details: AuditEntry["details"]): {
  change: { before: unknown; after: unknown } | undefined;
  rest: [string, unknown][];
} {
  const { from, to, ...others } = details;
  const changed = from !== undefined && to !== undefined;
  return {
    change: changed ? { before: from, after: to } : undefined,
    rest: Object.entries(changed ? others : details),
  };
}
