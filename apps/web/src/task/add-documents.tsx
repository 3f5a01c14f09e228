// How documents come in: dropped anywhere on the page, chosen, pasted, or taken with the camera.

import { extensionOf, mimeTypes } from "@legible/shared/file-type";
import { Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import IconCamera from "@tabler/icons-react/dist/esm/icons/IconCamera.mjs";
import IconFilePlus from "@tabler/icons-react/dist/esm/icons/IconFilePlus.mjs";
import IconFolderPlus from "@tabler/icons-react/dist/esm/icons/IconFolderPlus.mjs";
import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";
import type { Me } from "../api/answers.ts";
import { useMessages } from "../messages/use-messages.ts";
import { useListedKeys } from "../ui/keys-context.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { formatBytes } from "../ui/quantities.ts";
import styles from "./add-documents.module.css";
import { AddOptions } from "./add-options.tsx";
import { groupFiles, named } from "./file-order.ts";
import { PickButton } from "./pick-button.tsx";
import { type Refusal, refusalSentence, refuseDocuments, refuseFile } from "./refusal.ts";
import { useDraft, useUploadTray } from "./upload-tray-context.ts";
import { useAddChoices } from "./use-add-choices.ts";

// Dropping works a moment after the page shows: nobody has a file in hand before.
const DropAnywhere = lazy(async () => ({ default: (await import("./drop-anywhere.tsx")).DropAnywhere }));
// So is the list of a document that is put together: there is none before files are chosen.
const DraftList = lazy(async () => ({ default: (await import("./draft-list.tsx")).DraftList }));

/** For the file dialog only, as a help in finding; what comes is judged by its bytes. */
const accept = [...mimeTypes, ...mimeTypes.map((type) => extensionOf[type]), ".jpeg", ".tiff", ".heif"].join(",");
/** Fields take what is pasted into them. */
const fields = "input, textarea, [contenteditable]";

export function AddDocuments({ me }: { me: Me }) {
  const messages = useMessages();
  useListedKeys(messages.home.keyList);
  const tray = useUploadTray();
  const draft = useDraft();
  const choices = useAddChoices(me.languages);
  const [refusal, setRefusal] = useState<Refusal>();
  // A phone or tablet: it has a camera, and no folders to choose.
  const handheld = useMediaQuery("(pointer: coarse)", false, { getInitialValueInEffect: false });
  const { fileBytes } = me.limits;

  /** Sends `documents`, or says why they are too many. True when they are on their way. */
  function send(documents: readonly (readonly File[])[]): boolean {
    const refused = refuseDocuments(documents, me);
    setRefusal(refused);
    if (refused !== undefined) return false;
    tray.add(documents, choices.chosen, fileBytes);
    return true;
  }

  async function add(files: readonly File[]) {
    const documents = groupFiles(files, choices.grouping);
    if (choices.grouping === "each") {
      send(documents);
      return;
    }
    // What cannot be read is told now, not when the document is put together.
    const [sorted = []] = documents;
    const refused = await Promise.all(sorted.map((file) => refuseFile(file, fileBytes)));
    tray.add(
      sorted.filter((_, index) => refused[index] !== undefined).map((file) => [file]),
      choices.chosen,
      fileBytes,
    );
    tray.draft.add(sorted.filter((_, index) => refused[index] === undefined));
  }

  /** Pictures without a name are called by the time: `name` makes the name of it. */
  function addNamed(files: readonly File[], name: (when: string) => string) {
    const when = new Date().toLocaleString(messages.locale, { dateStyle: "medium", timeStyle: "medium" });
    // File systems and downloads dislike colons.
    void add(files.map((file) => named(file, name(when).replaceAll(":", "."))));
  }

  const pasted = useEffectEvent((event: ClipboardEvent) => {
    if (event.target instanceof Element && event.target.closest(fields) !== null) return;
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) addNamed(files, messages.home.pastedName);
  });
  useEffect(() => {
    document.addEventListener("paste", pasted);
    return () => document.removeEventListener("paste", pasted);
  }, []);

  return (
    <section aria-label={messages.home.choose} className={`surface ${styles.zone}`}>
      <Suspense fallback={null}>
        <DropAnywhere onDrop={(files) => void add(files)} />
      </Suspense>
      <div className={styles.invitation}>
        <IconFilePlus size={40} stroke={1.3} aria-hidden="true" className={styles.sign} />
        <Stack gap={2} className={styles.words}>
          <Text size="lg" fw={600}>
            {messages.home.dropTitle}
          </Text>
          <Text size="sm" c="dimmed">
            {messages.home.dropText(formatBytes(fileBytes, messages.locale))}
          </Text>
        </Stack>
        <div className={styles.buttons}>
          {handheld ? (
            <PickButton
              label={messages.home.takePhoto}
              icon={<IconCamera size={20} stroke={1.6} aria-hidden="true" />}
              accept="image/*"
              capture="environment"
              onPick={(files) => addNamed(files, messages.home.photoName)}
            />
          ) : (
            <PickButton
              folder
              label={messages.home.chooseFolder}
              icon={<IconFolderPlus size={20} stroke={1.6} aria-hidden="true" />}
              onPick={(files) => void add(files)}
            />
          )}
          <PickButton
            variant="filled"
            label={messages.home.choose}
            accept={accept}
            onPick={(files) => void add(files)}
          />
        </div>
      </div>
      {refusal === undefined ? null : (
        <div className={styles.refusal}>
          <ProblemAlert sentence={refusalSentence(messages, refusal)} />
        </div>
      )}
      {draft.length === 0 ? null : (
        <Suspense fallback={null}>
          <DraftList
            files={draft}
            onAdd={() => {
              if (send([draft.map(({ file }) => file)])) tray.draft.clear();
            }}
          />
        </Suspense>
      )}
      <AddOptions languages={me.languages} choices={choices} />
    </section>
  );
}
