// The administrators there are, held until the transaction ends, so that there is always one.
import type { Tx } from "@legible/db/scopes";
import { AppError } from "@legible/shared/errors";
import type { SignedInContext } from "../context.ts";

/**
 * For a change to the person `userId` by the caller. `ends`: they will not be an administrator afterwards.
 * The rows of those who can sign in stay locked: of two changes that would each leave one, the second sees what the first left.
 * @throws AppError CONFLICT when the caller is no administrator any more, or when none would be left.
 */
export async function keepAnAdministrator(
  tx: Tx,
  ctx: SignedInContext,
  { userId, ends }: { userId: number; ends: boolean },
): Promise<void> {
  const administrators = await assertAdministrator(tx, ctx);
  if (ends && administrators.every((id) => id === userId)) {
    throw new AppError("CONFLICT", "This is the last administrator. Make somebody else one first.", {
      details: { reason: "last-administrator" },
    });
  }
}

/** The administrators who can sign in, held; those who never did are not counted on. @throws AppError CONFLICT when the caller is not among them any more. */
export async function assertAdministrator(tx: Tx, ctx: SignedInContext): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM tool_ocr_users
    WHERE role = 'admin' AND disabled_at IS NULL AND first_password_until IS NULL ORDER BY id FOR UPDATE`;
  const administrators = rows.map(({ id }) => id);
  // A change that was waited for may have been the caller's own.
  if (!administrators.includes(ctx.session.userId)) {
    throw new AppError("CONFLICT", "You are no longer an administrator.");
  }
  return administrators;
}
