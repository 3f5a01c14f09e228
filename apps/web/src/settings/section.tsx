import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./settings.module.css";

/** One part of the settings: what it is, what can be done with all of it, and its contents. */
export function Section({
  title,
  text,
  action,
  children,
}: {
  title: string;
  text?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.head}>
        <div className={styles.words}>
          <Title order={2}>{title}</Title>
          {text === undefined ? null : (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
