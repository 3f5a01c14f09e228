// Who was given a password must choose another before anything else: two people know the first one.
import { AppError } from "@legible/shared/errors";
import type { Session } from "../context.ts";

/** @throws AppError PASSWORD_CHANGE_REQUIRED */
export function assertOwnPassword(session: Session): void {
  if (session.via === "session" && session.mustChangePassword) throw new AppError("PASSWORD_CHANGE_REQUIRED");
}
