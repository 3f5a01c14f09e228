import { Checkbox, Input, SegmentedControl, Stack } from "@mantine/core";
import type { Me } from "../api/answers.ts";
import { useMessages } from "../messages/use-messages.ts";
import styles from "./add-documents.module.css";
import { LanguageSelect } from "./language-select.tsx";
import type { AddChoices } from "./use-add-choices.ts";

/** How new documents are to be read, and what several files become. */
export function AddOptions({ languages, choices }: { languages: Me["languages"]; choices: AddChoices }) {
  const messages = useMessages();
  return (
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
          value={choices.grouping}
          onChange={(value) => choices.setGrouping(value === "together" ? "together" : "each")}
          data={[
            { value: "each", label: messages.home.groupEach },
            { value: "together", label: messages.home.groupTogether },
          ]}
        />
      </Stack>
      <LanguageSelect
        installed={languages.installed}
        value={choices.chosen.languages}
        onChange={choices.setLanguages}
      />
      <Checkbox
        size="sm"
        label={messages.home.pdfa}
        description={messages.home.pdfaHint}
        checked={choices.chosen.pdfa}
        onChange={(event) => choices.setPdfa(event.currentTarget.checked)}
      />
    </div>
  );
}
