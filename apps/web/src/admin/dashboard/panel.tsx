import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./dashboard.module.css";

/** One question of the overview, with its answer. */
export function Panel({
  title,
  action,
  wide = false,
  children,
}: {
  title: string;
  action?: ReactNode;
  /** Two of the three columns. */
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={`surface ${styles.panel} ${wide ? styles.wide : ""}`} aria-label={title}>
      <div className={styles.panelHead}>
        <Title order={2} size="h3">
          {title}
        </Title>
        {action}
      </div>
      {children}
    </section>
  );
}
