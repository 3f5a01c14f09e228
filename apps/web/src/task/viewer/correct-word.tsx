// The form over a word: what stands there, Enter saves, Escape leaves it. The text as it was read confirms the word.
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useLayoutEffect, useState } from "react";
import type { TreeWord } from "../../api/answers.ts";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import { formatConfidence } from "../../ui/quantities.ts";
import { applyEvent } from "../apply-event.ts";
import styles from "./correct-word.module.css";
import { pageWords } from "./page-words.ts";

const width = 280;

export function CorrectWord({
  taskId,
  page,
  word,
  root,
  onClose,
}: {
  taskId: string;
  page: number;
  word: TreeWord;
  /** Where the word is looked for. */
  root: RefObject<HTMLElement | null>;
  /** The word as it is now, or undefined when nothing was saved. */
  onClose: (saved: TreeWord | undefined) => void;
}) {
  const messages = useMessages();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [text, setText] = useState(word.text);
  const place = usePlace(root, word.id);
  const correct = useMutation(
    trpc.task.correct.mutationOptions({
      onSuccess: ({ page: tree, task }) => {
        queryClient.setQueryData(trpc.task.page.queryKey({ taskId, number: page }), tree);
        applyEvent(queryClient, trpc, { kind: "task", task });
        onClose(pageWords(tree).find(({ id }) => id === word.id));
      },
    }),
  );
  const problem = correct.isError ? toProblem(correct.error) : null;
  const same = text.trim() === word.text;
  return (
    <form
      className={`surface ${styles.form}`}
      style={{ ...place, width }}
      aria-label={messages.viewer.correct.title}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "" && !correct.isPending)
          correct.mutate({ taskId, page, wordId: word.id, text: text.trim() });
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose(undefined);
        event.stopPropagation();
      }}
    >
      <TextInput
        label={messages.viewer.correct.field}
        size="sm"
        value={text}
        maxLength={500}
        data-autofocus
        ref={focusAndSelect}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Text size="xs" c="dimmed" mt={4} className="break-anywhere">
        {word.original === undefined
          ? messages.viewer.correct.sureness(formatConfidence(word.confidence, messages.locale))
          : messages.viewer.correct.original(word.original.text)}
      </Text>
      {problem === null ? null : (
        <ProblemAlert sentence={sentenceOf(messages, problem)} requestId={problem.requestId} />
      )}
      <Group gap={6} mt={8} justify="flex-end">
        <Button size="xs" variant="default" onClick={() => onClose(undefined)}>
          {messages.viewer.correct.cancel}
        </Button>
        <Button size="xs" type="submit" disabled={text.trim() === ""} loading={correct.isPending}>
          {same ? messages.viewer.correct.confirm : messages.viewer.correct.save}
        </Button>
      </Group>
    </form>
  );
}

function focusAndSelect(input: HTMLInputElement | null): void {
  input?.focus({ preventScroll: true });
  input?.select();
}

/** Below the word, or above it where there is no room; inside the window in any case. */
function usePlace(root: RefObject<HTMLElement | null>, wordId: string): { left: number; top: number } {
  const [place, setPlace] = useState({ left: 8, top: 120 });
  useLayoutEffect(() => {
    const follow = () => {
      const shown = [...(root.current?.querySelectorAll(`[data-word="${CSS.escape(wordId)}"]`) ?? [])]
        .map((element) => element.getBoundingClientRect())
        .find((box) => box.width > 0 && box.bottom > 0 && box.top < window.innerHeight);
      if (shown === undefined) return;
      const roomBelow = window.innerHeight - shown.bottom > 200;
      setPlace({
        left: Math.max(8, Math.min(window.innerWidth - width - 8, shown.left)),
        top: Math.max(8, roomBelow ? shown.bottom + 6 : shown.top - 176),
      });
    };
    follow();
    const frame = requestAnimationFrame(follow);
    window.addEventListener("scroll", follow, true);
    window.addEventListener("resize", follow);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", follow, true);
      window.removeEventListener("resize", follow);
    };
  }, [root, wordId]);
  return place;
}
