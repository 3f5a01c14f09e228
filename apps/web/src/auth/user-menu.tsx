import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import IconKeyboard from "@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs";
import IconLogout from "@tabler/icons-react/dist/esm/icons/IconLogout.mjs";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { User } from "../api/answers.ts";
import { useTRPC } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { useShowKeys } from "../ui/keys-context.ts";
import { useSession } from "./session-context.ts";
import styles from "./user-menu.module.css";

/** Who is signed in, where they can go (`children`: items of a menu), and the way out. */
export function UserMenu({ user, children }: { user: User; children?: ReactNode }) {
  const messages = useMessages();
  const session = useSession();
  const showKeys = useShowKeys();
  const logout = useMutation(
    // Signed out here even if the server cannot be told now: its session ends by itself.
    useTRPC().auth.logout.mutationOptions({ onSettled: () => session.end() }),
  );
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <UnstyledButton className={styles.target}>
          <Avatar size={30} radius="xl" name={user.displayName} variant="default" />
          <VisuallyHidden>{messages.auth.menu(user.displayName)}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.person}>
          <Text component="div" fw={600} className="break-anywhere">
            {user.displayName}
          </Text>
          <Text component="div" size="sm" c="dimmed" className="break-anywhere">
            {user.email}
          </Text>
          {user.role === "admin" ? (
            <Text component="div" size="xs" c="dimmed">
              {messages.auth.roleAdmin}
            </Text>
          ) : null}
        </div>
        <Menu.Divider />
        {children}
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.7} />} aria-keyshortcuts="?" onClick={showKeys}>
          {messages.keys.title}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.7} />}
          disabled={logout.isPending}
          onClick={() => logout.mutate()}
        >
          {messages.auth.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
