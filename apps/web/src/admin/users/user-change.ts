// What an administrator can do to a person's account, and what it will mean, in sentences.
import type { AdminUser } from "../../api/answers.ts";
import type { Problem } from "../../api/problem.ts";
import { sentenceOf } from "../../api/problem.ts";
import type { Sentence } from "../../messages/en-problems.ts";
import type { AdminTexts } from "../../messages/part-messages.tsx";

export type UserChange = "makeAdmin" | "makeUser" | "disable" | "enable" | "endSessions" | "reset";

/** The changes that make sense for this person as they are now; a password is reset only where there are any, and not one's own. */
export function changesOf(user: AdminUser, { mayReset }: { mayReset: boolean }): UserChange[] {
  return [
    // The roles of applications are given in Microsoft Entra.
    ...(user.account === "app" ? [] : ([user.role === "admin" ? "makeUser" : "makeAdmin"] as const)),
    ...(mayReset && user.account === "local" ? (["reset"] as const) : []),
    ...(user.sessions > 0 ? (["endSessions"] as const) : []),
    user.disabled ? "enable" : "disable",
  ];
}

/** Title, sentences and verb of the question before `change`. */
export function questionOf(
  change: UserChange,
  user: AdminUser,
  isSelf: boolean,
  { admin: { users } }: AdminTexts,
): { title: string; sentences: string[]; confirm: string; dangerous: boolean } {
  const title = {
    makeAdmin: users.makeAdminTitle,
    makeUser: users.makeUserTitle,
    disable: users.disableTitle,
    enable: users.enableTitle,
    endSessions: users.endSessionsTitle,
    reset: users.resetTitle,
  }[change](user.displayName);
  const text = {
    makeAdmin: users.makeAdminText,
    makeUser: isSelf ? users.makeSelfText : users.makeUserText,
    disable: users.disableText,
    enable: users.enableText,
    endSessions: users.endSessionsText(user.sessions),
    reset: users.resetText,
  }[change];
  const also = change === "disable" ? users.disableSelfText : change === "endSessions" ? users.endSelfText : undefined;
  return {
    title,
    sentences: isSelf && also !== undefined ? [text, also] : [text],
    confirm: users[change],
    dangerous: change !== "makeAdmin" && change !== "enable",
  };
}

/** Why a change was refused. The server keeps the last administrator; what it says is said in the person's language. */
export function refusalOf(problem: Problem, messages: AdminTexts): Sentence {
  const { users } = messages.admin;
  if (problem.reason === "last-administrator") return users.lastAdministrator;
  if (problem.reason === "email-taken") return users.emailTaken;
  if (problem.reason === "no-password") return users.noPassword;
  if (problem.reason === "app") return users.appRole;
  if (problem.code === "CONFLICT") return users.noLonger;
  if (problem.code === "NOT_FOUND") return users.gone;
  return sentenceOf(messages, problem);
}
