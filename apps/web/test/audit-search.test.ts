import { auditActionSchema, auditActorSchema, auditOutcomeSchema } from "@legible/shared/audit";
import { expect, test } from "vitest";
import { choicesOf, exportUrl, isFiltered, parseAuditSearch, toAuditFilter } from "../src/admin/audit/audit-search.ts";
import { changeOf, nameOf, nameOfAction } from "../src/admin/audit/name-entry.ts";
import { parseUsersSearch } from "../src/admin/users/users-search.ts";
import { en } from "../src/messages/en.ts";
import { admin } from "../src/messages/en-admin.ts";

const texts = { ...en, admin };

test("every action, outcome and actor that the server writes has a name", () => {
  const { actions, outcomes, actors } = choicesOf(admin);
  expect(actions.toSorted()).toEqual(auditActionSchema.options.toSorted());
  expect(outcomes.toSorted()).toEqual(auditOutcomeSchema.options.toSorted());
  expect(actors.toSorted()).toEqual(auditActorSchema.options.toSorted());
});

test("an address that anybody may have typed becomes filters, or nothing", () => {
  const typed = {
    user: "7",
    action: "task.deleted",
    outcome: "denied",
    actor: "token",
    object: " user:7 ",
    from: "2026-03-01",
  };
  expect(parseAuditSearch(typed)).toEqual({ ...typed, user: 7, object: "user:7", to: undefined });
  const odd = {
    user: "-1",
    action: "<script>",
    outcome: 4,
    actor: {},
    object: " ",
    from: "2026-13-99",
    to: "yesterday",
  };
  expect(isFiltered(parseAuditSearch(odd))).toBe(false);
  expect(isFiltered(parseAuditSearch({ to: "2026-03-01" }))).toBe(true);
  expect(parseAuditSearch({ user: 2 ** 31 }).user).toBeUndefined();
});

test("of the words in the address only those that there are reach the server", () => {
  expect(toAuditFilter(parseAuditSearch({ action: "no.such", outcome: "denied" }), admin)).toEqual({
    outcome: "denied",
  });
});

test("days begin and end where the person is", () => {
  const { from, to } = toAuditFilter({ from: "2026-03-01", to: "2026-03-01" }, admin);
  expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(24 * 60 * 60_000 - 1);
  expect(new Date(from ?? "").getHours()).toBe(0);
});

test("the export is asked for with the same filters", () => {
  const url = new URL(exportUrl({ user: 7, object: "a&b" }, admin, "jsonl"), "http://x");
  expect(Object.fromEntries(url.searchParams)).toEqual({ format: "jsonl", userId: "7", object: "a&b" });
});

test("entries have names, also where the person, the action or the account is unknown", () => {
  const people = new Map([[7, { id: 7, email: "ada@example.org", displayName: "Ada" }]]);
  expect([nameOf(7, people, texts), nameOf(8, people, texts), nameOf(null, people, texts)]).toEqual([
    "Ada",
    "Account 8",
    "System",
  ]);
  expect(nameOfAction("login", texts)).toBe("Signed in");
  expect(nameOfAction("of.a.newer.server", texts)).toBe("of.a.newer.server");
  expect(nameOfAction("toString", texts)).toBe("toString");
});

test("what changed is told apart from the rest of the details", () => {
  expect(changeOf({ from: "user", to: "admin", user: 7 })).toEqual({
    change: { before: "user", after: "admin" },
    rest: [["user", 7]],
  });
  // An export's filter by date is no change.
  expect(changeOf({ from: "2026-03-01T00:00:00Z" })).toEqual({
    change: undefined,
    rest: [["from", "2026-03-01T00:00:00Z"]],
  });
});

test("the list of users keeps its search and page in the address", () => {
  expect(parseUsersSearch({ text: "ada", page: "3" })).toEqual({ text: "ada", page: 3 });
  expect(parseUsersSearch({ text: 42, page: "1" })).toEqual({ text: "42", page: undefined });
  expect(parseUsersSearch({ text: {}, page: "x" })).toEqual({ text: undefined, page: undefined });
});
