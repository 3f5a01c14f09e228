// The tRPC root: who may call, by session and by the scope of a token, and the one place where errors become answers and refusals are
// written down.
import { AppError } from "@legible/shared/errors";
import { userIdSchema } from "@legible/shared/ids";
import { initTRPC } from "@trpc/server";
import { z } from "zod";
import type { Context } from "./context.ts";
import { toAppError, toTrpcError } from "./error.ts";
import { assertOwnPassword } from "./session/assert-own-password.ts";
import { assertScope } from "./token/assert-scope.ts";
import { writeRefusal } from "./write-refusal.ts";

/** Comments keep proxies from closing a quiet stream; 15 s is below every common idle limit (60 s). */
const pingMs = 15_000;
/** A stream is ended and taken up again by the client, so that none outlives a deployment or a forgotten tab by much. */
const streamMaxMs = 10 * 60_000;

/** `guarded`: what this does to accounts matters enough for a failed attempt at it to be written down, whatever was in its way. */
type Meta = { guarded?: true };

const withMeta = initTRPC.context<Context>().meta<Meta>();
const t = withMeta.create({
  isDev: false,
  sse: {
    enabled: true,
    ping: { enabled: true, intervalMs: pingMs },
    client: { reconnectAfterInactivityMs: 3 * pingMs },
    maxDurationMs: streamMaxMs,
  },
  errorFormatter({ shape, error, ctx }) {
    const known = toAppError(error);
    return {
      code: shape.code,
      message: known.message,
      data: {
        code: shape.data.code,
        httpStatus: known.status,
        appCode: known.code,
        requestId: ctx?.request.id ?? "",
        ...(known.details === undefined ? {} : { details: known.details }),
      },
    };
  },
});

const mapErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** Outside of all other checks. Refusals for coming too often are not written down: the brake would then fill the log. */
const writeRefusals = t.middleware(async ({ ctx, next, path, type, meta, getRawInput }) => {
  const result = await next();
  const cause = result.ok ? undefined : (result.error.cause ?? result.error);
  if (!(cause instanceof AppError) || cause.status >= 500 || cause.status === 429) return result;
  const guarded = meta?.guarded === true && type === "mutation";
  if (cause.code !== "FORBIDDEN" && !guarded) return result;
  const session = await ctx.findSession();
  if (session === undefined) return result;
  // Read only to name whom it was about. Who may not call sends what they like: a body that cannot be read (or is empty, where nothing is
  // to be sent) is no reason to leave the refusal out, and what is wrong with it no matter for this log.
  const input = await getRawInput().catch(() => undefined);
  await writeRefusal(ctx, session, path, cause, personIn(input));
  return result;
});

function personIn(input: unknown): number | undefined {
  return z.object({ userId: userIdSchema }).safeParse(input).data?.userId;
}

export const router = t.router;

/** Anybody, signed in or not. */
export const open = t.procedure.use(mapErrors).use(writeRefusals);

/** Whoever says who they are, and be it with a password that they still have to change. */
export const newcomer = open.use(async ({ ctx, next }) => {
  const session = await ctx.findSession();
  if (session === undefined) throw new AppError("UNAUTHENTICATED");
  return next({ ctx: { ...ctx, session } });
});

/** Whoever says who they are, by a session or by a token of any scope. */
export const anyCaller = newcomer.use(async ({ ctx, next }) => {
  assertOwnPassword(ctx.session);
  return next({ ctx });
});

const atThePage = t.middleware(async ({ ctx, next }) => {
  const session = await ctx.findSession();
  if (session?.via !== "session") throw new AppError("FORBIDDEN");
  return next({ ctx: { ...ctx, session } });
});

/** People at the page only: a token must not make tokens, change passwords or end sessions. */
export const sessionOnly = anyCaller.meta({ guarded: true }).use(atThePage);
export const newcomerAtThePage = newcomer.meta({ guarded: true }).use(atThePage);

/** One's own documents, to look at and to change. */
export const readsTasks = anyCaller.use(async ({ ctx, next }) => {
  assertScope(ctx.session, "tasks:read");
  return next({ ctx });
});
export const writesTasks = anyCaller.use(async ({ ctx, next }) => {
  assertScope(ctx.session, "tasks:write");
  return next({ ctx });
});

/** What administrators may see, and what they may do; by the role in the database at this moment. */
export const readsAdmin = anyCaller.use(async ({ ctx, next }) => {
  if (ctx.session.role !== "admin") throw new AppError("FORBIDDEN");
  assertScope(ctx.session, "admin:read");
  return next({ ctx });
});
export const administers = sessionOnly.use(async ({ ctx, next }) => {
  if (ctx.session.role !== "admin") throw new AppError("FORBIDDEN");
  return next({ ctx });
});
