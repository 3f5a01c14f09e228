// How documents come in: dropped anywhere on the page, chosen, or pasted.

import { autoLanguage } from "@legible/shared/auto-language";
import { extensionOf, mimeTypes } from "@legible/shared/file-type";
import { Button, Checkbox, FileButton, Input, MultiSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import IconFilePlus from "@tabler/icons-react/dist/esm/icons/IconFilePlus.mjs";
import { lazy, Suspense, useEffect, useEffectEvent } from "react";
import { useMessages } from "../messages/use-messages.ts";
import { formatBytes } from "../ui/quantities.ts";
import styles from "./add-documents.module.css";
import { type Grouping, groupFiles } from "./upload.ts";
import { useUploadTray } from "./upload-tray-context.ts";

// Dropping works a moment after the page shows: nobody has a file in hand before.
const DropAnywhere = lazy(async () => ({ default: (await import("./drop-anywhere.tsx")).DropAnywhere }));

/** For the file dialog only, as a help in finding; what is dropped is judged by its bytes. */
const accept = [...mimeTypes, ...mimeTypes.map((type) => extensionOf[type]), ".jpeg", ".tiff", ".heif"].join(",");

/** "Detect automatically" takes the place of named languages, and the other way round: whichever was chosen last. */
function withAutoAlone(codes: readonly string[], before: readonly string[]): string[] {
  if (!codes.includes(autoLanguage) || codes.length === 1) return [...codes];
  return before.includes(autoLanguage) ? codes.filter((code) => code !== autoLanguage) : [autoLanguage];
}

export interface AddDocumentsProps {
  languages: { installed: readonly string[]; default: readonly string[] };
  fileBytes: number;
  filesPerTask: number;
  onRefused: (sentence: string) => void;
}

export function AddDocuments({ languages, fileBytes, filesPerTask, onRefused }: AddDocumentsProps) {
  const messages = useMessages();
  const tray = useUploadTray();
  const [grouping, setGrouping] = useLocalStorage<Grouping>({ key: "legible.grouping", defaultValue: "each" });
  const [remembered, setRemembered] = useLocalStorage<string[] | null>({
    key: "legible.languages",
    defaultValue: null,
  });
  const [pdfa, setPdfa] = useLocalStorage({ key: "legible.pdfa", defaultValue: false });
  const offered = [autoLanguage, ...languages.installed];
  const known = (remembered ?? languages.default).filter((code) => offered.includes(code));
  const chosen = known.length > 0 || remembered?.length === 0 ? known : [...languages.default];

  function add(files: readonly File[]) {
    const documents = groupFiles(files, grouping);
    if (documents.some((document) => document.length > filesPerTask)) {
      return onRefused(messages.uploads.tooManyFiles(filesPerTask));
    }
    tray.add(documents, { languages: chosen, pdfa }, fileBytes);
  }

  const pasted = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) add(files);
  });
  useEffect(() => {
    document.addEventListener("paste", pasted);
    return () => document.removeEventListener("paste", pasted);
  }, []);

  return (
    <section aria-label={messages.home.choose} className={`surface ${styles.zone}`}>
      <Suspense fallback={null}>
        <DropAnywhere onDrop={add} />
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
        <FileButton multiple accept={accept} onChange={add} inputProps={{ "aria-label": messages.home.choose }}>
          {(props) => (
            <Button {...props} size="md" className={styles.choose}>
              {messages.home.choose}
            </Button>
          )}
        </FileButton>
      </div>
      <div className={styles.options}>
        <Stack gap={0}>
          <Input.Label labelElement="div" size="sm" mb={4} id="grouping-label">
            {messages.home.grouping}
          </Input.Label>
          <SegmentedControl
            aria-labelledby="grouping-label"
            size="sm"
            fullWidth
            classNames={{ control: styles.choice ?? "", label: styles.choiceLabel ?? "" }}
            value={grouping}
            onChange={(value) => setGrouping(value === "together" ? "together" : "each")}
            data={[
              { value: "each", label: messages.home.groupEach },
              { value: "together", label: messages.home.groupTogether },
            ]}
          />
        </Stack>
        <MultiSelect
          label={messages.home.languages}
          labelProps={{ size: "sm", mb: 4 }}
          size="sm"
          placeholder={chosen.length === 0 ? messages.home.languagesPlaceholder : ""}
          data={offered.map((code) => ({ value: code, label: messages.languageName(code) }))}
          value={chosen}
          maxValues={8}
          onChange={(codes) => setRemembered(withAutoAlone(codes, chosen))}
          hidePickedOptions
        />
        <Checkbox
          size="sm"
          label={messages.home.pdfa}
          description={messages.home.pdfaHint}
          checked={pdfa}
          onChange={(event) => setPdfa(event.currentTarget.checked)}
        />
      </div>
    </section>
  );
}
