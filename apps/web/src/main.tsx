// Builds everything once and puts it on the page.
import "@mantine/core/styles.css";
import "@mantine/dropzone/styles.css";
import "@mantine/notifications/styles.css";
import "./ui/page.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { toProblem } from "./api/problem.ts";
import { createQueryClient } from "./api/query-client.ts";
import { browserSurroundings, createSession, onOtherTabSignedOut, type Session } from "./api/session.ts";
import { createClient, TRPCProvider } from "./api/trpc.ts";
import { SessionContext } from "./auth/session-context.ts";
import { takeEntraAnswer } from "./auth/take-entra-answer.ts";
import { keptLanguageChoice } from "./messages/kept-language.ts";
import { loadLanguage, MessagesProvider } from "./messages/messages-provider.tsx";
import { createPageRouter } from "./routes/router.ts";
import { isOver } from "./task/upload.ts";
import { createUploadTray } from "./task/upload-tray.ts";
import { UploadTrayContext } from "./task/upload-tray-context.ts";
import { KeysProvider } from "./ui/keys-provider.tsx";
import { cssVariables, theme } from "./ui/theme.ts";

const session: Session = createSession(async () => {
  try {
    return (await client.auth.refresh.mutate()).session.expiresAt;
  } catch (error) {
    if (toProblem(error).code === "UNAUTHENTICATED") return null;
    throw error;
  }
}, browserSurroundings());
const client = createClient(session);
const queryClient = createQueryClient();
const trpc = createTRPCOptionsProxy({ client, queryClient });
const tray = createUploadTray(client, session, window);
const entraAnswer = takeEntraAnswer(window.location, window.history);
const router = createPageRouter({ client, trpc, queryClient, session, tray, entraAnswer });

// The page shows before the first notification can: what is told meanwhile waits in their store.
const Notifications = lazy(async () => ({ default: (await import("@mantine/notifications")).Notifications }));

/** Nothing of one person's may be left for the next. */
function leave() {
  tray.abandon();
  queryClient.clear();
  const { href, pathname } = router.state.location;
  if (pathname === "/sign-in") return;
  void router.navigate({ to: "/sign-in", search: pathname === "/" ? {} : { next: href } });
}

/** Files that are still to be sent live in this tab only: the browser asks before it closes. */
window.addEventListener("beforeunload", (event) => {
  if (tray.draft.snapshot().length > 0 || tray.snapshot().some((upload) => !isOver(upload))) event.preventDefault();
});

session.onEnd(leave);
onOtherTabSignedOut(leave);
session.keepAlive();

const colorSchemeManager = localStorageColorSchemeManager({ key: "legible.colorScheme" });
// A page in English is better than none: when the texts of another language cannot be fetched, the next visit tries again.
const language = await loadLanguage(keptLanguageChoice()).catch(() => loadLanguage("en"));
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <MessagesProvider initial={language}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemeManager}
      >
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={client} queryClient={queryClient}>
            <SessionContext value={session}>
              <UploadTrayContext value={tray}>
                <Suspense fallback={null}>
                  <Notifications position="bottom-right" />
                </Suspense>
                <KeysProvider>
                  <RouterProvider router={router} />
                </KeysProvider>
              </UploadTrayContext>
            </SessionContext>
          </TRPCProvider>
        </QueryClientProvider>
      </MantineProvider>
    </MessagesProvider>
  </StrictMode>,
);
