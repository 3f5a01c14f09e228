import { Badge, Button, Checkbox, Skeleton, Stack, Text } from "@mantine/core";
import IconDeviceDesktop from "@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs";
import IconDeviceMobile from "@tabler/icons-react/dist/esm/icons/IconDeviceMobile.mjs";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SessionView } from "../api/answers.ts";
import { sentenceOf, toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import type { SettingsTexts } from "../messages/part-messages.tsx";
import { useSettingsTexts } from "../messages/part-messages.tsx";
import { AskFirst } from "../ui/ask-first.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { formatWhen } from "../ui/quantities.ts";
import { useTold } from "../ui/use-told.ts";
import { describeDevice, isHandheld } from "./describe-device.ts";
import { Section } from "./section.tsx";
import styles from "./settings.module.css";
import { useEndSessions } from "./use-end-sessions.ts";

/** Where one is signed in, and the end of that. */
export function SessionsSection() {
  const messages = useSettingsTexts();
  const { sessions: words } = messages.settings;
  const sessions = useQuery(useTRPC().auth.sessions.queryOptions());
  const end = useEndSessions();
  const told = useTold();
  const [asking, setAsking] = useState(false);
  // What is said while the dialog fades away is what it said before.
  const [asked, setAsked] = useState<SessionView | "others">("others");
  const [tokens, setTokens] = useState(false);
  const others = sessions.data?.filter(({ current }) => !current) ?? [];
  const all = asked === "others";
  const ask = (which: SessionView | "others") => {
    end.reset();
    setAsked(which);
    setTokens(false);
    setAsking(true);
  };
  const problem = sessions.isError && sessions.data === undefined ? toProblem(sessions.error) : null;
  const endProblem = end.isError ? toProblem(end.error) : null;
  return (
    <Section
      title={words.title}
      text={words.text}
      action={
        others.length > 0 ? (
          <Button variant="default" onClick={() => ask("others")}>
            {words.endOthers}
          </Button>
        ) : null
      }
    >
      {problem === null ? null : (
        <ProblemAlert
          sentence={sentenceOf(messages, problem)}
          requestId={problem.requestId}
          onRetry={() => void sessions.refetch()}
        />
      )}
      {sessions.isPending ? (
        <Stack gap="xs" aria-busy="true">
          <Skeleton height={64} />
          <Skeleton height={64} />
        </Stack>
      ) : null}
      {sessions.data === undefined ? null : (
        <ul className={`surface ${styles.rows}`} aria-label={words.label}>
          {sessions.data.map((session) => (
            <SessionRow key={session.id} session={session} onEnd={() => ask(session)} />
          ))}
        </ul>
      )}
      {sessions.data !== undefined && others.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.onlyThis}
        </Text>
      ) : null}
      <AskFirst
        opened={asking}
        title={all ? words.othersTitle : words.endTitle}
        confirm={all ? words.othersConfirm : words.endConfirm}
        dangerous
        pending={end.isPending}
        problem={
          endProblem === null ? null : { sentence: sentenceOf(messages, endProblem), requestId: endProblem.requestId }
        }
        onClose={() => setAsking(false)}
        onConfirm={() =>
          end.mutate(asked === "others" ? { others: true, tokens } : { id: asked.id }, {
            onSuccess: (ended) => {
              setAsking(false);
              told(
                !all
                  ? words.ended
                  : ended.tokens === 0
                    ? words.othersEnded(ended.sessions)
                    : words.othersAndTokensEnded(ended.sessions, ended.tokens),
              );
            },
          })
        }
      >
        {asked === "others" ? (
          <Stack gap="md">
            {words.othersText(others.length)}
            <Checkbox
              label={words.tokensToo}
              description={words.tokensTooText}
              checked={tokens}
              onChange={({ currentTarget }) => setTokens(currentTarget.checked)}
            />
          </Stack>
        ) : (
          words.endText(deviceName(asked.userAgent, messages))
        )}
      </AskFirst>
    </Section>
  );
}

function SessionRow({ session, onEnd }: { session: SessionView; onEnd: () => void }) {
  const messages = useSettingsTexts();
  const { sessions: words } = messages.settings;
  const device = describeDevice(session.userAgent);
  const Icon = device !== undefined && isHandheld(device) ? IconDeviceMobile : IconDeviceDesktop;
  const name = deviceName(session.userAgent, messages);
  const when = (iso: string) => formatWhen(iso, new Date(), messages.locale);
  const facts = [
    ...(session.address === null ? [] : [session.address]),
    ...(session.current ? [] : [words.lastSeen(when(session.lastSeenAt))]),
    words.since(when(session.createdAt)),
  ];
  return (
    <li className={styles.row}>
      <Icon size={24} stroke={1.4} className={styles.sign} aria-hidden="true" />
      <div className={styles.words}>
        <Text fw={500} className="break-anywhere" title={session.userAgent ?? ""}>
          {name}
        </Text>
        <Text size="sm" c="dimmed" className="break-anywhere">
          {facts.join(" · ")}
        </Text>
      </div>
      {session.current ? (
        <Badge variant="light" tt="none" fw={500}>
          {words.current}
        </Badge>
      ) : (
        <Button size="xs" variant="default" aria-label={words.endNamed(name)} onClick={onEnd}>
          {words.end}
        </Button>
      )}
    </li>
  );
}

function deviceName(userAgent: string | null, { settings: { sessions } }: SettingsTexts): string {
  const device = describeDevice(userAgent);
  if (device !== undefined) return sessions.browserOn(device.browser, device.system);
  return userAgent === null || userAgent === "" ? sessions.unknownDevice : userAgent.slice(0, 80);
}
