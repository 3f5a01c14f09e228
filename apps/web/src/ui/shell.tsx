// The frame of every page: skip link, header, main.
import { Container, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useMessages } from "../messages/use-messages.ts";
import { ColorSchemeMenu } from "./color-scheme-menu.tsx";
import { LanguageMenu } from "./language-menu.tsx";
import styles from "./shell.module.css";

export function Shell({
  home,
  nav,
  menu,
  banner,
  wide = false,
  children,
}: {
  home: ReactNode;
  /** The ways to the parts of the page. */
  nav?: ReactNode;
  menu?: ReactNode;
  banner?: ReactNode;
  /** Uses the whole width of the window. */
  wide?: boolean;
  children: ReactNode;
}) {
  const messages = useMessages();
  return (
    <>
      <a className="skip-link" href="#main">
        {messages.skipToContent}
      </a>
      <header className={styles.header}>
        <Container size="md" fluid={wide} className={styles.bar}>
          {home}
          {nav}
          <Group gap={4} wrap="nowrap">
            <LanguageMenu />
            <ColorSchemeMenu />
            {menu}
          </Group>
        </Container>
      </header>
      {banner}
      <main id="main" tabIndex={-1}>
        <Container size="md" fluid={wide} className={styles.content}>
          {children}
        </Container>
      </main>
    </>
  );
}
