// Reading chosen pages again: which, in which languages, how, and what that changes.
import { Button, Checkbox, Group, NativeSelect, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { TaskView } from "../../api/answers.ts";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import { applyEvent } from "../apply-event.ts";
import { LanguageSelect } from "../language-select.tsx";
import { readRanges } from "./page-ranges.ts";
import styles from "./rerun-form.module.css";
import type { Rerun } from "./use-rerun.ts";

const modes = ["auto", "force", "skip"] as const;

export function RerunForm({
  task,
  total,
  rerun,
  onRanges,
  onClose,
}: {
  task: TaskView;
  /** Number of the last page. */
  total: number;
  rerun: Rerun;
  onRanges: (ranges: string) => void;
  onClose: () => void;
}) {
  const messages = useMessages();
  const words = messages.viewer.rerun;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const me = useQuery(trpc.auth.me.queryOptions());
  const [languages, setLanguages] = useState<readonly string[]>(rerun.languages ?? task.options.languages);
  const [mode, setMode] = useState(task.options.mode);
  const [rotate, setRotate] = useState(task.options.rotate);
  const [deskew, setDeskew] = useState(task.options.deskew);
  const { numbers, problem } = readRanges(rerun.ranges, total);
  const read = useMutation(
    trpc.task.rerunPages.mutationOptions({
      onSuccess: (changed) => {
        applyEvent(queryClient, trpc, { kind: "task", task: changed });
        onClose();
      },
    }),
  );
  const refusal = read.isError ? toProblem(read.error) : null;
  return (
    <form
      className={styles.form}
      aria-labelledby="rerun-title"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== undefined || languages.length === 0 || read.isPending) return;
        const { pdfa } = task.options;
        const options = { languages: [...languages], mode, rotate, deskew, pdfa };
        read.mutate({ taskId: task.taskId, pages: rerun.ranges, options });
      }}
    >
      <Title order={2} id="rerun-title">
        {words.title}
      </Title>
      <div className={styles.fields}>
        <TextInput
          size="sm"
          label={words.pages}
          description={words.pagesHint}
          inputWrapperOrder={["label", "input", "description", "error"]}
          data-autofocus
          ref={focusAtOnce}
          value={rerun.ranges}
          error={
            problem === undefined || rerun.ranges === ""
              ? undefined
              : problem === "long"
                ? words.pagesLong
                : words.pagesWrong(total)
          }
          onChange={(event) => onRanges(event.currentTarget.value)}
        />
        <LanguageSelect installed={me.data?.languages.installed ?? []} value={languages} onChange={setLanguages} />
        <NativeSelect
          size="sm"
          label={words.mode}
          value={mode}
          data={modes.map((value) => ({ value, label: words.modes[value] }))}
          onChange={({ currentTarget: { value } }) => setMode(modes.find((each) => each === value) ?? "auto")}
        />
        <div className={styles.checks}>
          <Checkbox
            size="sm"
            label={words.rotate}
            checked={rotate}
            onChange={({ currentTarget }) => setRotate(currentTarget.checked)}
          />
          <Checkbox
            size="sm"
            label={words.deskew}
            checked={deskew}
            onChange={({ currentTarget }) => setDeskew(currentTarget.checked)}
          />
        </div>
      </div>
      <Text size="sm" c="dimmed">
        {words.changes}
      </Text>
      {refusal === null ? null : (
        <ProblemAlert sentence={sentenceOf(messages, refusal)} requestId={refusal.requestId} />
      )}
      <Group gap="sm">
        <Button
          type="submit"
          size="sm"
          loading={read.isPending}
          disabled={problem !== undefined || languages.length === 0}
        >
          {words.submit(numbers.length)}
        </Button>
        <Button size="sm" variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
      </Group>
    </form>
  );
}

function focusAtOnce(input: HTMLInputElement | null): void {
  input?.focus({ preventScroll: true });
}
