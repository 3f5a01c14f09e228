// The tray of the page for the components that show it or add to it.
import { createContext, use, useSyncExternalStore } from "react";
import type { DraftFile } from "./document-draft.ts";
import type { Upload } from "./upload.ts";
import type { UploadTray } from "./upload-tray.ts";

export const UploadTrayContext = createContext<UploadTray | null>(null);

/** The tray itself. Throws outside of its provider. */
export function useUploadTray(): UploadTray {
  const tray = use(UploadTrayContext);
  if (tray === null) throw new Error("UploadTrayContext is not provided");
  return tray;
}

/** The uploads as they are now; renders again on every change. */
export function useUploads(): readonly Upload[] {
  const tray = useUploadTray();
  return useSyncExternalStore(tray.subscribe, tray.snapshot);
}

/** The files of the document that is being put together; renders again on every change. */
export function useDraft(): readonly DraftFile[] {
  const { draft } = useUploadTray();
  return useSyncExternalStore(draft.subscribe, draft.snapshot);
}
