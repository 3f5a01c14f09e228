import { describe, expect, test } from "vitest";
import { changesOf, questionOf, refusalOf, type UserChange } from "../src/admin/users/user-change.ts";
import { en } from "../src/messages/en.ts";
import { admin } from "../src/messages/en-admin.ts";

const texts = { ...en, admin };
const grace = {
  id: 7,
  email: "grace@example.org",
  displayName: "Grace",
  role: "user",
  account: "local",
  firstPasswordUntil: null,
  disabled: false,
  createdAt: "2026-01-01T00:00:00.000Z",
  lastSeenAt: null,
  tasks: 0,
  pages: 0,
  sessions: 2,
} as const;

describe("what can be done to an account", () => {
  test.each([
    [grace, ["makeAdmin", "endSessions", "disable"]],
    [{ ...grace, role: "admin", sessions: 0 } as const, ["makeUser", "disable"]],
    [{ ...grace, disabled: true, sessions: 0 }, ["makeAdmin", "enable"]],
  ])("follows from what it is now", (user, changes) => {
    expect(changesOf(user, { mayReset: false })).toEqual(changes);
    expect(changesOf(user, { mayReset: true })).toContain("reset");
  });

  test("is less for those who have no password here, and for applications", () => {
    expect(changesOf({ ...grace, account: "microsoft" }, { mayReset: true })).toEqual([
      "makeAdmin",
      "endSessions",
      "disable",
    ]);
    expect(changesOf({ ...grace, account: "app", sessions: 0 }, { mayReset: true })).toEqual(["disable"]);
  });

  test.each(["makeAdmin", "makeUser", "disable", "enable", "endSessions", "reset"] satisfies UserChange[])(
    "%s is asked for by name, says what happens, and says so when it is one's own",
    (change) => {
      const other = questionOf(change, grace, false, texts);
      expect(other.title).toContain("Grace");
      for (const sentence of other.sentences) expect(sentence).toMatch(/^[A-Z\d].*\.$/u);
      if (change === "makeAdmin" || change === "enable") return;
      expect(other.dangerous).toBe(true);
      if (change === "reset") return;
      expect(questionOf(change, grace, true, texts).sentences).not.toEqual(other.sentences);
    },
  );
});

test("a refusal is told by its reason", () => {
  const told = (code: "CONFLICT" | "NOT_FOUND" | "INTERNAL", reason?: string) =>
    refusalOf({ code, requestId: null, reason }, texts).message;
  expect(told("CONFLICT", "last-administrator")).toBe("This is the last administrator.");
  expect(told("CONFLICT", "email-taken")).toBe("Somebody signs in with this address already.");
  expect(told("CONFLICT", "no-password")).toBe("This account signs in with Microsoft and has no password here.");
  expect(told("CONFLICT")).toBe("That is no longer possible.");
  expect(told("NOT_FOUND")).toBe("This account is gone.");
  expect(told("INTERNAL")).toBe(en.errors.INTERNAL.message);
});
