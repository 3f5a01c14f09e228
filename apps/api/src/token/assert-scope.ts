// What a token or an application may do is in its scopes; a session may do all that its person may.
import { AppError } from "@legible/shared/errors";
import type { ApiTokenScope } from "@legible/shared/session";
import type { Session } from "../context.ts";

/** @throws AppError FORBIDDEN for a token without `scope` */
export function assertScope(session: Session, scope: ApiTokenScope): void {
  if (session.via !== "session" && !session.scopes.includes(scope)) {
    throw new AppError("FORBIDDEN", `This needs a token with the scope ${scope}.`);
  }
}
