// Sessions and sign-in.
import {
  apiTokensOutput,
  changePasswordInput,
  createApiTokenInput,
  createApiTokenOutput,
  doneOutput,
  endOtherSessionsInput,
  endOtherSessionsOutput,
  loginInput,
  meOutput,
  providersOutput,
  revokeApiTokenInput,
  revokeSessionInput,
  sessionsOutput,
  setupInput,
  signedInOutput,
} from "@legible/shared/session";
import { createToken } from "../token/create.ts";
import { listTokens } from "../token/list.ts";
import { revokeToken } from "../token/revoke.ts";
import { newcomer, newcomerAtThePage, open, router, sessionOnly } from "../trpc.ts";
import { changePassword } from "./change-password.ts";
import { endOtherSessions } from "./end-other-sessions.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";
import { logoutAll } from "./logout-all.ts";
import { describeMe } from "./me.ts";
import { listProviders } from "./providers.ts";
import { refresh } from "./refresh.ts";
import { revokeSession } from "./revoke-session.ts";
import { listSessions } from "./sessions.ts";
import { setup } from "./setup.ts";

export const authRouter = router({
  providers: open.output(providersOutput).query(({ ctx }) => listProviders(ctx)),
  setup: open
    .input(setupInput)
    .output(signedInOutput)
    .mutation(({ ctx, input }) => setup(ctx, input)),
  login: open
    .input(loginInput)
    .output(signedInOutput)
    .mutation(({ ctx, input }) => login(ctx, input)),
  refresh: open.output(signedInOutput).mutation(({ ctx }) => refresh(ctx)),
  logout: open.output(doneOutput).mutation(({ ctx }) => logout(ctx)),
  logoutAll: sessionOnly.output(doneOutput).mutation(({ ctx }) => logoutAll(ctx)),
  endOtherSessions: sessionOnly
    .input(endOtherSessionsInput)
    .output(endOtherSessionsOutput)
    .mutation(({ ctx, input }) => endOtherSessions(ctx, input)),
  me: newcomer.output(meOutput).query(({ ctx }) => describeMe(ctx)),
  sessions: sessionOnly.output(sessionsOutput).query(({ ctx }) => listSessions(ctx)),
  revokeSession: sessionOnly
    .input(revokeSessionInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => revokeSession(ctx, input)),
  changePassword: newcomerAtThePage
    .input(changePasswordInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  apiTokens: sessionOnly.output(apiTokensOutput).query(({ ctx }) => listTokens(ctx)),
  createApiToken: sessionOnly
    .input(createApiTokenInput)
    .output(createApiTokenOutput)
    .mutation(({ ctx, input }) => createToken(ctx, input)),
  revokeApiToken: sessionOnly
    .input(revokeApiTokenInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => revokeToken(ctx, input)),
});
