// Passwords are managed only where somebody signs in with one.
import { AppError } from "@legible/shared/errors";
import type { SignedInContext } from "../context.ts";

/** @throws AppError CONFLICT where LOCAL_ACCOUNTS is off */
export function assertLocalAccounts(ctx: SignedInContext): void {
  if (ctx.deps.identity.localAccounts) return;
  throw new AppError("CONFLICT", "Everybody signs in with Microsoft here: there are no passwords.", {
    details: { reason: "no-local-accounts" },
  });
}
