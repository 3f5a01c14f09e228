// The whole API by name. The web and the client import the type only.
import { authRouter } from "./auth/router.ts";
import { taskRouter } from "./task/router.ts";
import { router } from "./trpc.ts";

export const appRouter = router({ auth: authRouter, task: taskRouter });
export type AppRouter = typeof appRouter;
