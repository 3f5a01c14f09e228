// The caller, and what this installation lets them do.
import type { meOutput } from "@legible/shared/session";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { toUser } from "./user-view.ts";

export async function describeMe(ctx: SignedInContext): Promise<z.output<typeof meOutput>> {
  const { limits, languages } = ctx.deps;
  return {
    user: toUser({ ...ctx.session, id: ctx.session.userId }),
    limits,
    languages: { installed: await languages.installed(), default: languages.default },
  };
}
