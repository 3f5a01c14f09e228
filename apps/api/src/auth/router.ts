// Sessions and sign-in.
import {
  changePasswordInput,
  doneOutput,
  loginInput,
  meOutput,
  providersOutput,
  revokeSessionInput,
  sessionsOutput,
  setupInput,
  signedInOutput,
} from "@legible/shared/session";
import { open, router, signedIn } from "../trpc.ts";
import { changePassword } from "./change-password.ts";
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
  logoutAll: signedIn.output(doneOutput).mutation(({ ctx }) => logoutAll(ctx)),
  me: signedIn.output(meOutput).query(({ ctx }) => describeMe(ctx)),
  sessions: signedIn.output(sessionsOutput).query(({ ctx }) => listSessions(ctx)),
  revokeSession: signedIn
    .input(revokeSessionInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => revokeSession(ctx, input)),
  changePassword: signedIn
    .input(changePasswordInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
});
