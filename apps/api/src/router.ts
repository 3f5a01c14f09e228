// The whole API by name. The web and the client import the type only.
import { adminRouter } from "./admin/router.ts";
import { authRouter } from "./auth/router.ts";
import { taskRouter } from "./task/router.ts";
import { router } from "./trpc.ts";

export const appRouter = router({ auth: authRouter, task: taskRouter, admin: adminRouter });
export type AppRouter = typeof appRouter;
