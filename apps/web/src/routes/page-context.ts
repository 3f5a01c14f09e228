// What every route may use; built once in main.tsx.
import type { QueryClient } from "@tanstack/react-query";
import type { Session } from "../api/session.ts";
import type { Client, Trpc } from "../api/trpc.ts";
import type { UploadTray } from "../task/upload-tray.ts";

export interface PageContext {
  client: Client;
  trpc: Trpc;
  queryClient: QueryClient;
  session: Session;
  tray: UploadTray;
  /** What Microsoft's page sent along, when the person comes from there. */
  entraAnswer: string | null;
}
